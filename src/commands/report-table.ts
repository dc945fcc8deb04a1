import { visible } from '../evaluations/reports/escape.ts'
import { families } from '../metrics/families.ts'
import type { Report } from '../scoring/report/report.ts'
import type { TableReport } from '../scoring/table.ts'

/** A report as a person reads it in a terminal: headline, families, checks, warnings. */
export function reportTable(report: Report): string {
  const { width, height, depth, ground_truth: truth, prediction } = report
  return visibleLines([
    `ground truth  ${truth.encoding}, ${truth.labels} labels`,
    `prediction    ${prediction.encoding}, ${prediction.labels} labels`,
    `size          ${width}×${height}${depth ? `×${depth}` : ''}`,
    ...scoreLines(report),
  ])
}

/** The same of a table of counts, which comes from no files. */
export const tableOfScores = (report: TableReport): string => visibleLines(scoreLines(report))

type Scores = Pick<
  Report,
  'pixels' | 'mi_loss' | 'mi_loss_split' | 'mi_loss_merge' | 'segments' | 'checks' | 'warnings'
>

function scoreLines(report: Scores): string[] {
  const { pixels } = report
  const shownFamilies = Object.entries(report).filter(
    ([key, block]) => block !== null && families.some((family) => family === key),
  )
  return [
    `pixels        ${pixels.counted} counted, ${pixels.ignored} ignored`,
    '',
    `mi_loss       ${shown(report.mi_loss)}   (0 = same segments, 1 = independent)`,
    `  split       ${shown(report.mi_loss_split)}   ground-truth segments cut apart`,
    `  merge       ${shown(report.mi_loss_merge)}   ground-truth segments joined`,
    ...shownFamilies.flatMap(([name, family]) => ['', name, ...rows(family as object, '  ')]),
    ...(report.segments ? ['', 'segments that cause the loss', ...segmentRows(report.segments)] : []),
    ...(report.checks ?? []).flatMap((check) => [
      '',
      `${check.result.toUpperCase()}  ${check.metric} = ${shown(check.value)} (${bounds(check)})`,
    ]),
    ...report.warnings.flatMap(({ code, message }) => ['', `${code}: ${message}`]),
  ]
}

/** Names of classes and warnings come from files. */
const visibleLines = (lines: readonly string[]): string => lines.map(visible).join('\n')

const columnWidth = 26

/** Numbers first, groups and lists after them. */
function rows(family: object, indent: string): string[] {
  const entries = Object.entries(family)
  const isGroup = ([, value]: [string, unknown]) => typeof value === 'object' && value !== null
  const single = entries.filter((entry) => !isGroup(entry))
  return [
    ...single.map(([key, value]) => `${indent}${key.padEnd(columnWidth)}${shown(value)}`),
    ...entries.filter(isGroup).flatMap(([key, value]) => groupRows(key, value, indent)),
  ]
}

function groupRows(key: string, group: object, indent: string): string[] {
  if (!Array.isArray(group)) return [`${indent}${key}`, ...rows(group, `${indent}  `)]
  if (group.some(Array.isArray)) return matrixRows(key, group, indent)
  return isListOfObjects(group)
    ? [`${indent}${key}`, ...listRows(group, `${indent}  `)]
    : [`${indent}${key.padEnd(columnWidth)}${group.map(shown).join(' ')}`]
}

/** More columns do not fit a terminal. */
const shownColumns = 10

/** Rows of numbers, such as a joint table; a row without values is null. */
function matrixRows(key: string, matrix: readonly (readonly unknown[] | null)[], indent: string): string[] {
  const columns = Math.max(...matrix.map((row) => row?.length ?? 0))
  if (columns > shownColumns || matrix.length > shownRows)
    return [`${indent}${key.padEnd(columnWidth)}${matrix.length} × ${columns}; --json lists them`]
  const lines = matrix.map((row) => (row ?? ['-']).map((value) => shown(value).padStart(10)).join(''))
  return [`${indent}${key}`, ...lines.map((line) => `${indent}  ${line}`)]
}

const shownRows = 30

/** Objects with the same keys as a table: one line each, nested lists left to --json. */
function listRows(list: readonly Record<string, unknown>[], indent: string): string[] {
  const keys = Object.keys(list[0]).filter((key) => typeof list[0][key] !== 'object' || list[0][key] === null)
  const listed = list.slice(0, shownRows)
  const width = (key: string) => 2 + Math.max(8, key.length, ...listed.map((row) => shown(row[key]).length))
  const lines = listed.map((row) => keys.map((key) => shown(row[key]).padStart(width(key))).join(''))
  const more = list.length - lines.length
  return [
    indent + keys.map((key) => key.padStart(width(key))).join(''),
    ...lines.map((line) => indent + line),
    ...(more > 0 ? [`${indent}… and ${more} more; --json lists them`] : []),
  ]
}

const segmentRows = (segments: NonNullable<Report['segments']>): string[] =>
  segments.length === 0 ? ['  none: the partitions are the same'] : listRows(segments, '  ')

const isListOfObjects = (list: readonly unknown[]): list is Record<string, unknown>[] =>
  list.length > 0 && list.every((entry) => typeof entry === 'object' && entry !== null)

function shown(value: unknown): string {
  if (value === null || value === undefined) return '-'
  if (typeof value !== 'number') return String(value)
  return Number.isInteger(value) ? String(value) : value.toFixed(6)
}

const bounds = ({ min, max }: { min?: number | undefined; max?: number | undefined }): string =>
  [min === undefined ? '' : `≥ ${min}`, max === undefined ? '' : `≤ ${max}`].filter(Boolean).join(', ')
