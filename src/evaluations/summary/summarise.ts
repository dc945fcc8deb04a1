import { numberAt } from '../../scoring/report/checks.ts'
import { type ApTask, apTask } from '../bootstrap/ap-replicates.ts'
import { intervals } from '../bootstrap/intervals.ts'
import type { ReplicateTask } from '../bootstrap/replicates.ts'
import { countingOptions } from '../counting-options.ts'
import { optionsFingerprint } from '../fingerprints.ts'
import { numbersOf, type RowColumns } from '../rows/row-columns.ts'
import type { RunFacts } from '../run-facts.ts'
import { byClassRows, classFirstMeans } from './by-class.ts'
import { byValues, maxValues } from './by-values.ts'
import { groupMeans } from './group-means.ts'
import { Headline } from './headline.ts'
import { macroBlocks } from './macro-block.ts'
import { pooled, type SettledLabels, settleLabels } from './pooled.ts'
import type { RowCollection } from './row-collection.ts'
import { maxKeys } from './run-warnings.ts'
import type { ByClassRow, MacroBlock, Pooled, RunWarning, Summary, SummaryReason } from './summary.ts'
import { worstItems } from './worst-items.ts'

/** A summary but for its intervals, and what they are computed from. */
export interface Draft {
  readonly collection: RowCollection
  readonly columns: RowColumns
  readonly labels: SettledLabels
  readonly pooled: Pooled
  readonly reasons: Readonly<Record<string, SummaryReason>>
  readonly macro: Readonly<Record<string, MacroBlock>>
  readonly byClass: readonly ByClassRow[]
  /** What the replicates of the intervals are computed from; undefined where none are asked for. */
  readonly task?: ReplicateTask
  /** The same of the intervals of AP. */
  readonly apTask?: ApTask
}

/** The first half of the summary of a run: everything that needs no resample. */
export function draftSummary(collection: RowCollection, run: RunFacts): Draft {
  const { tally } = collection
  const columns = collection.columns.columns
  const labels = settleLabels(tally, run)
  const { value, reasons } = pooled(tally, labels, run)
  const byClass = labels.notPooled ? [] : byClassRows(tally, run.names)
  const draft = {
    collection,
    columns,
    labels,
    pooled: value,
    reasons,
    macro: { ...macroBlocks(tally, columns), ...classFirstMeans(byClass) },
    byClass,
  }
  const { intervals: which } = run.evaluation
  if (which === 'none' || columns.size === 0) return draft
  const lists = {
    perClass: value.overlap?.per_class.map(({ label }) => label) ?? [],
    byClass: byClass.map(({ label }) => label),
    half: run.scoring.instances.thresholds.indexOf(0.5),
    groups: run.scoring.groups,
    softClasses: value.soft?.per_class.map(({ label }) => label) ?? [],
    all: which === 'all',
  }
  const wanted = { classes: !labels.notPooled, all: which === 'all' }
  const { thresholds } = run.scoring.detection
  const ofAp = which === 'all' && value.detection ? apTask(columns, { thresholds }) : undefined
  return { ...draft, task: { columns: numbersOf(columns), wanted, lists }, ...(ofAp && { apTask: ofAp }) }
}

/**
 * The summary of a run.
 *
 * @param values what `replicateValues` gave for `draft.task` and replicates 0 to `replicates − 1`; none without a task
 * @param apValues what `apReplicates` gave for `draft.apTask` and as many of them as `apReplicateCount` says
 */
export function finishSummary(
  draft: Draft,
  run: RunFacts,
  values: readonly Float64Array[] = [],
  apValues: readonly Float64Array[] = [],
): Summary {
  const { collection, columns, labels, macro, byClass: by_class } = draft
  const { items, pixels } = collection.tally
  const headline = new Headline(columns, { classes: !labels.notPooled }, run.scoring.detection.thresholds)
  const ofAp = draft.apTask && { task: draft.apTask, values: apValues }
  const observed = (pointer: string) =>
    numberAt({ pooled: draft.pooled, macro, by_class }, pointer) !== undefined
  return {
    version: 1,
    complete: items.scored === run.items,
    items: { total: run.items, ...items },
    pixels: { ...pixels, ignored: pixels.total - pixels.counted },
    labels: labels.labels,
    classes: Object.fromEntries(run.names.nameOf),
    pooled: draft.pooled,
    macro,
    by_class,
    by: byValues(collection.values, columns, headline),
    groups: groupMeans(columns, headline),
    intervals: draft.task ? intervals(draft.task, values, ofAp, run.evaluation, observed) : null,
    worst: worstItems(columns, run.evaluation.worst),
    failures: collection.failures,
    matching: run.matching,
    checks: [],
    warnings: warningsOf(draft),
    reasons: draft.reasons,
    options: { ...run.scoring, ...run.evaluation },
    fingerprint: {
      dataset: collection.dataset.value,
      options: optionsFingerprint(countingOptions({ ...run.scoring, ...run.evaluation })),
    },
  }
}

/** What concerns items, then what concerns the run. */
function warningsOf({ collection, columns, labels }: Draft): RunWarning[] {
  const { warnings, duplicates, values, tally } = collection
  const copies = duplicates.places
  const long = [...values.columns].filter(([, items]) => items.size > maxValues).map(([column]) => column)
  return [
    ...warnings.list,
    ...(copies.length > 0
      ? [
          {
            code: 'DUPLICATE_PREDICTIONS',
            items: copies.length,
            first: copies.slice(0, maxKeys).map((place) => columns.keys.at(place) ?? ''),
            message: 'The same file is the prediction of several items, and it is not constant.',
          },
        ]
      : []),
    ...(labels.assumed ? [assumedClasses(tally.items.scored)] : []),
    ...long.sort().map((column) => ({
      code: 'TOO_MANY_VALUES',
      items: tally.items.scored,
      first: [],
      message: `The column ${JSON.stringify(column)} has more than ${maxValues} values; it is not answered by value.`,
    })),
  ]
}

const assumedClasses = (items: number): RunWarning => ({
  code: 'LABELS_ASSUMED_CLASSES',
  items,
  first: [],
  message:
    'Nobody said whether a label means the same in every image. There are few labels, so they are taken for classes: set `labels` to "classes" or "objects", or name them in `classes`.',
})
