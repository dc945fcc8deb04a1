import { isAssumed } from '../../checks/check-names.ts'
import type { Summary } from '../../summary/summary.ts'
import { markdownCode } from '../escape.ts'
import { figure, interval, itemsSaid } from '../figure.ts'
import { type HeadlineRow, headlineRows } from '../headline-rows.ts'
import type { ReportInput, ReportText } from '../report-input.ts'
import {
  assumedSaid,
  completeness,
  intervalsSaid,
  noteSaid,
  reasonSaid,
  scoreTitle,
  smallSampleSaid,
} from '../words.ts'
import { cutList } from './cut-list.ts'
import { markdownDifferences } from './markdown-differences.ts'

/** Longest report, in characters: GitHub takes 65,536 as one comment. */
export const maxMarkdown = 60_000
const maxName = 200
const shownWorst = 5
/** So that no list of a kind takes the room of the next. */
const maxList = 12_000

/**
 * `report.md`, for a comment or a job summary: whether the run is complete, checks, headline scores, what changed, the five
 * worst items, what failed. A list that is too long is cut, and says by how much.
 */
export function markdownReport({ summary, comparison }: ReportInput): ReportText {
  const warnings = [...summary.warnings, ...(comparison?.warnings ?? [])]
  const parts = [
    `## ${completeness(summary)}`,
    cutList('### Checks', summary.checks.map(checkLine), maxList),
    headlineTable(summary),
    comparison ? markdownDifferences(comparison) : '',
    cutList('### Worst items', worstLines(summary), maxList),
    cutList(
      '### Failed and skipped items',
      summary.failures.map(
        ({ key, side, code, detail }) =>
          `- ${name(key)}: ${side.replace('_', ' ')}, ${name(code)}: ${name(detail)}`,
      ),
      maxList,
      summary.items.failed + summary.items.skipped,
    ),
    cutList(
      '### Warnings',
      warnings.map(({ code, items, first, message }) => {
        const keys =
          first.length > 0 ? `: ${first.map(name).join(', ')}${items > first.length ? ', …' : ''}` : ''
        return `- ${name(code)}, ${itemsSaid(items)}${keys}: ${name(message)}`
      }),
      maxList,
    ),
  ]
  return [`${parts.filter((part) => part !== '').join('\n\n')}\n`]
}

/** Text from outside, cut where it is too long. */
const name = (text: string): string =>
  markdownCode(text.length > maxName ? `${text.slice(0, maxName)}…` : text)

function checkLine({ check, value, result, detail }: Summary['checks'][number]): string {
  const said = result === 'pass' ? 'pass' : `**${result.replace('_', ' ')}**`
  return `- ${name(check)}: ${said}${value === null ? '' : `, the value is ${figure(value)}`}${detail ? `. ${name(detail)}` : ''}`
}

function headlineTable(summary: Summary): string {
  const rows = headlineRows(summary).map((row) => {
    const of = `${scoreTitle(row.score)}${row.assumed ? ' (assumed)' : ''}`
    return `| ${of} | ${row.kind} | ${valueSaid(row)} | ${intervalSaid(row, summary)} |`
  })
  const smallSample = smallSampleSaid(summary)
  const legend = isAssumed('/pooled/overlap', summary) ? `\n\n${assumedSaid}` : ''
  return `| score | over | value | ${intervalsSaid(summary)} |\n|---|---|---:|---|\n${rows.join('\n')}${legend}${smallSample === undefined ? '' : `\n\n${smallSample}`}`
}

const valueSaid = ({ value, reason }: HeadlineRow): string =>
  value === null ? `none: ${reason === undefined ? 'undefined' : reasonSaid(reason)}` : figure(value)

function intervalSaid(row: HeadlineRow, { intervals }: Summary): string {
  if (!intervals || row.value === null) return ''
  return [...(row.interval ? [interval(row.interval)] : []), ...(row.note ? [noteSaid(row.note)] : [])].join(
    ', ',
  )
}

function worstLines(summary: Summary): string[] {
  const assumed = isAssumed('/macro/mean_iou/mean', summary) ? ' (assumed)' : ''
  const said = (value: number | null) => (value === null ? 'none' : figure(value))
  return summary.worst
    .slice(0, shownWorst)
    .map(
      ({ key, mi_loss, mean_iou }) =>
        `- ${name(key)}: MI loss ${said(mi_loss)}, mean IoU ${said(mean_iou)}${assumed}`,
    )
}
