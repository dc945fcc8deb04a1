import type { Comparison } from '../../evaluations/comparison/comparison.ts'
import type { Matching } from '../../evaluations/matching/matching.ts'
import { visible } from '../../evaluations/reports/escape.ts'
import { figure, interval } from '../../evaluations/reports/figure.ts'
import { type HeadlineRow, headlineRows } from '../../evaluations/reports/headline-rows.ts'
import { intervalsSaid, noteSaid, reasonSaid } from '../../evaluations/reports/words.ts'
import type { Summary } from '../../evaluations/summary/summary.ts'
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
    `${''.padEnd(34)}${'value'.padStart(10)}   ${intervalsSaid(summary)}`,
    ...headlineRows(summary).map((row) => scoreRow(row, summary)),
    '',
    `worst: ${
      worst
        .slice(0, shownWorst)
        .map(({ key, mi_loss }) => `${key} ${mi_loss === null ? 'none' : figure(mi_loss)}`)
        .join(' · ') || 'none'
    }`,
    ...checks.map(
      ({ check, value, result, detail }) =>
        `check ${check}: ${result}${value === null ? '' : ` (${checkedSaid(check, value)})`}${detail ? `: ${detail}` : ''}`,
    ),
    ...(comparison ? comparisonTable(comparison) : []),
    ...warningRows(warnings),
    ...matchingRows(matching),
  ]
    .map(visible)
    .join('\n')
}

/** The value of a drop is by how much the score got worse, which a minus in front of a number does not tell. */
function checkedSaid(check: string, value: number): string {
  if (!check.startsWith('max-drop ')) return figure(value)
  if (value === 0) return 'as before'
  return `${value > 0 ? 'worse' : 'better'} by ${figure(Math.abs(value))}`
}

/** The same words and figures as in the reports; scores by the names that a check takes. */
function scoreRow(row: HeadlineRow, { intervals }: Summary): string {
  const { score, kind, value, reason, assumed } = row
  const name = `${score}  ${kind}`.padEnd(34)
  const because = reason === undefined ? '' : reasonSaid(reason)
  const said = [
    ...(value === null ? [because] : intervals ? [betweenSaid(row)] : []),
    ...(assumed ? ['assumed: nobody said that labels are classes'] : []),
  ].filter((part) => part !== '')
  return `${name}${(value === null ? 'none' : figure(value)).padStart(10)}   ${said.join('   ')}`.trimEnd()
}

const betweenSaid = ({ interval: ends, note }: HeadlineRow): string =>
  [...(ends ? [interval(ends)] : []), ...(note ? [noteSaid(note)] : [])].join(' ')
