import { contributingGroups } from '../bootstrap/contributing-groups.ts'
import { expandedPercentile } from '../bootstrap/expanded-percentile.ts'
import type { Statistic } from '../bootstrap/statistic.ts'
import type { EvaluationOptions } from '../options.ts'
import { numbersOf } from '../rows/row-columns.ts'
import { macroPointer, pooledPointer } from '../summary/headline.ts'
import { type HeadlineScore, headlineScores, type RunWarning } from '../summary/summary.ts'
import { apDifferences } from './ap-differences.ts'
import { type ComparedRun, iousOf, nameOfRun } from './compared-run.ts'
import type { ClassDifference, Comparison, ScoreDifference } from './comparison.ts'
import { differenceValues } from './difference.ts'
import { countExtremes, exchangeP, exchangesOf } from './exchange-test.ts'
import { holm } from './holm.ts'
import { refuseIncomparable } from './not-comparable.ts'
import { type PairedColumns, pairColumns } from './paired-columns.ts'
import { PairedStatistics, type PairedTask } from './paired-values.ts'
import { winsOf } from './wins.ts'
import { worsenedItems } from './worsened-items.ts'

export type ComparisonOptions = Pick<EvaluationOptions, 'replicates' | 'level' | 'seed' | 'worst'> & {
  /** With "all" the differences of AP get intervals, too. */
  readonly intervals?: EvaluationOptions['intervals']
}

/** A comparison but for its resamples, and what they are computed from. */
export interface ComparisonDraft {
  readonly a: ComparedRun
  readonly b: ComparedRun
  readonly paired: PairedColumns
  readonly task: PairedTask
  /** Exchanges to try. */
  readonly exchanges: number
}

/**
 * Joins two runs by key: the first half of a comparison.
 * @throws Refusal NOT_COMPARABLE where ground truth or counting options differ
 */
export function draftComparison(
  a: ComparedRun,
  b: ComparedRun,
  { seed }: ComparisonOptions,
): ComparisonDraft {
  refuseIncomparable(a, b)
  const paired = pairColumns([a.rows(), b.rows()], seed)
  const classes = a.summary.pooled.overlap !== null && b.summary.pooled.overlap !== null
  const task = {
    columns: numbersOf(paired.columns),
    runs: 2,
    wanted: { classes, all: false, scores: headlineScores },
    lists: { perClass: classes ? perClassLabels(b) : [], byClass: [], half: -1 },
  }
  return { a, b, paired, task, exchanges: exchangesOf(paired.columns.groups) }
}

/**
 * Run B against run A, on the items that both scored.
 *
 * @param differences what `differenceValues` gave for `draft.task` and replicates 0 to `replicates − 1`
 * @param extremes what `countExtremes` gave for exchanges 0 to `draft.exchanges − 1`
 */
export function finishComparison(
  draft: ComparisonDraft,
  { level, worst, replicates, intervals }: ComparisonOptions,
  differences: readonly Float64Array[],
  extremes: Float64Array,
): Comparison {
  const { a, b, paired, task } = draft
  const { columns } = paired
  const statistics = new PairedStatistics(task)
  const asEmpty = new PairedStatistics({ ...task, columns: paired.asEmpty })
  const groupsOf = contributingGroups(columns)
  const [valuesA, valuesB] = statistics.observed
  const difference = ({ of }: Statistic, k: number) => {
    const delta = orNull(valuesB[k] - valuesA[k])
    if (delta === null) return { a: orNull(valuesA[k]), b: orNull(valuesB[k]), ...untested }
    return {
      a: valuesA[k],
      b: valuesB[k],
      delta,
      ...expandedPercentile(differences[k], groupsOf(of), level),
      p: exchangeP(extremes[k], columns.groups),
    }
  }
  const list = statistics.statistics.list.map((statistic, k) => ({
    pointer: statistic.pointer,
    ...difference(statistic, k),
  }))
  const deltasAsEmpty = deltasOf(asEmpty)
  const isResampled = intervals === 'all'
  const ofAp = apDifferences(paired, { thresholds: iousOf(b), replicates, level, isResampled })
  return {
    a: nameOfRun(a),
    b: nameOfRun(b),
    items: {
      both: paired.items,
      only_a: paired.missing[1],
      only_b: paired.missing[0],
      failed_a: paired.failed[0],
      failed_b: paired.failed[1],
    },
    scores: headlinePointers.flatMap(({ score, pointer }): ScoreDifference[] => {
      const found = list.find((row) => row.pointer === pointer)
      const ap = ofAp.find((row) => pooledPointer[row.score] === pointer)
      if (ap) {
        const { score: _, deltaAsEmpty: delta, ...difference } = ap
        return [{ pointer, ...difference, p: null, ...winsOf(columns, score), as_empty: { delta } }]
      }
      if (!found) return []
      const as_empty = { delta: deltasAsEmpty.get(pointer) ?? null }
      return [{ ...found, ...winsOf(columns, score), as_empty } satisfies ScoreDifference]
    }),
    per_class: classDifferences(list, b),
    worst: worsenedItems(columns, worst),
    warnings: [...paired.warnings, ...warningsOf(draft)],
  }
}

/** A comparison in one thread; `compareInThreads` is the same in several. */
export function compareRuns(a: ComparedRun, b: ComparedRun, options: ComparisonOptions): Comparison {
  const draft = draftComparison(a, b, options)
  const differences = differenceValues(draft.task, { first: 0, count: options.replicates })
  const extremes = countExtremes(draft.task, { first: 0, count: draft.exchanges })
  return finishComparison(draft, options, differences, extremes)
}

const untested = { delta: null, interval: null, p: null }

const headlinePointers: readonly { readonly score: HeadlineScore; readonly pointer: string }[] =
  headlineScores.flatMap((score) =>
    [pooledPointer[score], macroPointer(score)].map((pointer) => ({ score, pointer })),
  )

const perClassLabels = ({ summary }: ComparedRun): number[] =>
  summary.pooled.overlap?.per_class.map(({ label }) => label) ?? []

function deltasOf({ observed: [a, b], statistics }: PairedStatistics): Map<string, number | null> {
  return new Map(statistics.list.map(({ pointer }, k) => [pointer, orNull(b[k] - a[k])]))
}

type Row = Omit<ClassDifference, 'label' | 'name' | 'score' | 'p_holm'> & { readonly pointer: string }

function classDifferences(list: readonly Row[], { summary }: ComparedRun): ClassDifference[] {
  const rows = summary.pooled.overlap?.per_class ?? []
  return (['iou', 'dice'] as const).flatMap((score) => {
    const found = rows.flatMap(({ label, name }, row) => {
      const difference = list.find(({ pointer }) => pointer === `/pooled/overlap/per_class/${row}/${score}`)
      return difference ? [{ label, ...(name !== undefined && { name }), difference }] : []
    })
    const adjusted = holm(found.map(({ difference }) => difference.p))
    return found.map(({ label, name, difference: { pointer: _, ...difference } }, k) => ({
      label,
      ...(name !== undefined && { name }),
      score,
      ...difference,
      p_holm: adjusted[k],
    }))
  })
}

/** With as many groups or fewer no difference reaches 0.05. */
const maxPowerless = 5

function warningsOf({ a, b, paired: { items, columns } }: ComparisonDraft): RunWarning[] {
  const warning = (code: string, message: string): RunWarning => ({ code, items, first: [], message })
  return [
    ...(columns.groups <= maxPowerless
      ? [
          warning(
            'TOO_FEW_GROUPS_FOR_TEST',
            `The exchange test cannot reach 0.05 with ${columns.groups} independent groups.`,
          ),
        ]
      : []),
    ...[a, b]
      .flatMap(({ summary }) =>
        summary.warnings.filter(({ code }) => code === 'LABELS_ASSUMED_CLASSES').slice(0, 1),
      )
      .slice(0, 1),
  ]
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)
