import type { Report } from '../scoring/report.ts'

/** A report as a person reads it in a terminal: headline, families, checks, warnings. */
export function reportTable(report: Report): string {
  const { width, height, depth, pixels, ground_truth: truth, prediction } = report
  const families = Object.entries(report).filter(([key]) =>
    ['information', 'pairs', 'overlap', 'regions', 'instances', 'boundary'].includes(key),
  )
  return [
    `ground truth  ${truth.encoding}, ${truth.labels} labels`,
    `prediction    ${prediction.encoding}, ${prediction.labels} labels`,
    `pixels        ${width}×${height}${depth ? `×${depth}` : ''}, ${pixels.counted} counted, ${pixels.ignored} ignored`,
    '',
    `mi_loss       ${shown(report.mi_loss)}   (0 = same segments, 1 = independent)`,
    `  split       ${shown(report.mi_loss_split)}   ground-truth segments cut apart`,
    `  merge       ${shown(report.mi_loss_merge)}   ground-truth segments joined`,
    ...families.flatMap(([name, family]) => ['', name, ...rows(family as object, '  ')]),
    ...(report.segments ? ['', 'segments that cause the loss', ...segmentRows(report.segments)] : []),
    ...(report.checks ?? []).map(
      (check) =>
        `\n${check.result.toUpperCase()}  ${check.metric} = ${shown(check.value)} (${bounds(check)})`,
    ),
    ...report.warnings.map(({ code, message }) => `\n${code}: ${message}`),
  ].join('\n')
}

const columnWidth = 26

function rows(family: object, indent: string): string[] {
  return Object.entries(family).flatMap(([key, value]) => {
    if (Array.isArray(value))
      return isListOfObjects(value)
        ? [`${indent}${key}`, ...listRows(value, `${indent}  `)]
        : [`${indent}${key.padEnd(columnWidth)}${value.join(' ')}`]
    if (typeof value === 'object' && value !== null) return [`${indent}${key}`, ...rows(value, `${indent}  `)]
    return [`${indent}${key.padEnd(columnWidth)}${shown(value)}`]
  })
}

const shownRows = 30

/** Objects with the same keys as a table: one line each, nested lists left to --json. */
function listRows(list: readonly Record<string, unknown>[], indent: string): string[] {
  const keys = Object.keys(list[0]).filter((key) => typeof list[0][key] !== 'object' || list[0][key] === null)
  const width = (key: string) => Math.max(10, key.length + 2)
  const lines = list
    .slice(0, shownRows)
    .map((row) => keys.map((key) => shown(row[key]).padStart(width(key))).join(''))
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
  list.length > 0 && typeof list[0] === 'object'

function shown(value: unknown): string {
  if (value === null || value === undefined) return '-'
  if (typeof value !== 'number') return String(value)
  return Number.isInteger(value) ? String(value) : value.toFixed(6)
}

const bounds = ({ min, max }: { min?: number | undefined; max?: number | undefined }): string =>
  [min === undefined ? '' : `≥ ${min}`, max === undefined ? '' : `≤ ${max}`].filter(Boolean).join(', ')
