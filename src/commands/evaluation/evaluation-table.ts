import { isAssumed } from '../../evaluations/checks/check-names.ts'
import type { Comparison } from '../../evaluations/comparison/comparison.ts'
import type { Matching } from '../../evaluations/matching/matching.ts'
import { visible } from '../../evaluations/reports/escape.ts'
import { macroPointer, pooledPointer } from '../../evaluations/summary/headline.ts'
import { headlineScores, type Summary } from '../../evaluations/summary/summary.ts'
import { numberAt } from '../../scoring/report/checks.ts'
import { comparisonTable } from './comparison-table.ts'
import { matchingRows } from './matching-table.ts'
import { warningRows } from './warning-rows.ts'

const shownFailures = 20
const shownWorst = 5

/** The summary of a dataset as a person reads it in a terminal: whether it is whole, headline scores, worst images, checks. */
export function evaluationTable(summary: Summary, matching: Matching, comparison?: Comparison): string {
  const { items, failures, warnings, checks, worst } = summary
  return [
    `${summary.complete ? 'complete' : 'INCOMPLETE'}: ${items.scored} scored, ${items.failed} failed, ${items.skipped} skipped` +
      (items.substituted > 0 ? `, ${items.substituted} of the scored ones as empty predictions` : ''),
    ...failures
      .slice(0, shownFailures)
      .map(({ key, side, code, detail }) => `  ${key}: ${side}: ${code}: ${detail}`),
    ...(failures.length > shownFailures ? [`  … and ${failures.length - shownFailures} more`] : []),
    '',
    `${''.padEnd(34)}${'value'.padStart(10)}   ${intervalTitle(summary)}`,
    ...headlineScores.flatMap((score) => [
      ...scoreRow(`${score}  pooled`, pooledPointer[score], summary),
      ...scoreRow(`${score}  mean over images`, macroPointer(score), summary),
    ]),
    '',
    `worst: ${
      worst
        .slice(0, shownWorst)
        .map(({ key, mi_loss }) => `${key} ${mi_loss?.toFixed(3) ?? '-'}`)
        .join(' · ') || 'none'
    }`,
    ...checks.map(
      ({ check, value, result, detail }) =>
        `check ${check}: ${result}${value === null ? '' : ` (${value.toFixed(6)})`}${detail ? `: ${detail}` : ''}`,
    ),
    ...(comparison ? comparisonTable(comparison) : []),
    ...warningRows(warnings),
    ...matchingRows(matching),
  ]
    .map(visible)
    .join('\n')
}

const intervalTitle = ({ intervals }: Summary): string =>
  intervals
    ? `${100 * intervals.level} % interval over ${intervals.groups} groups`
    : 'no intervals were asked for'

function scoreRow(name: string, pointer: string, summary: Summary): string[] {
  const value = numberAt(summary, pointer)
  if (value === undefined) return []
  const assumed = isAssumed(pointer, summary) ? '   assumed: nobody said that labels are classes' : ''
  const reason = summary.reasons[pointer]
  const text = value === null ? '-' : value.toFixed(4)
  const interval = summary.intervals ? intervalOf(pointer, summary.intervals) : ''
  return [
    `${name.padEnd(34)}${text.padStart(10)}   ${value === null ? (reason ?? '') : interval}${assumed}`.trimEnd(),
  ]
}

function intervalOf(pointer: string, { values, notes }: NonNullable<Summary['intervals']>): string {
  const interval = values[pointer]
  const note = notes[pointer]
  if (!interval) return note ? `none: ${note}` : 'none'
  return `[${interval[0].toFixed(4)}, ${interval[1].toFixed(4)}]${note ? ` ${note}` : ''}`
}
