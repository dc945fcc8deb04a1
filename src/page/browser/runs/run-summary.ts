import type { Evaluation } from '../api/types.ts'

type Summary = NonNullable<Evaluation['summary']>
type Interval = readonly [low: number, high: number]
type Loose = Readonly<Record<string, unknown>>

/** A score of a run, and where it lies with 19 chances of 20. */
export interface RunScore {
  readonly name: string
  readonly value: number | null
  readonly interval: Interval | undefined
}

export interface ClassScore {
  readonly label: number
  readonly name: string | undefined
  readonly iou: number | null
  readonly interval: Interval | undefined
}

/** A check that a run passed or did not, as it was written. */
export interface Check {
  readonly check: string
  readonly value: number | null
  readonly result: 'pass' | 'fail' | 'not_computed' | 'not_comparable'
  readonly detail?: string
}

/** What is not as it should be: files that met nothing, items that failed, warnings. */
export interface RunNote {
  readonly code: string
  readonly message: string
}

const headlines: readonly (readonly [name: string, pointer: string])[] = [
  ['mi_loss', '/pooled/mi_loss'],
  ['Mean IoU', '/pooled/overlap/mean_iou'],
  ['Mean Dice', '/pooled/overlap/mean_dice'],
  ['Pixel accuracy', '/pooled/overlap/pixel_accuracy'],
  ['AP', '/pooled/detection/ap'],
  ['AP50', '/pooled/detection/ap50'],
]

/** What people ask of a run first: scores over all pixels, or over all objects. */
export const headlineScores = (summary: Summary): RunScore[] =>
  headlines.flatMap(([name, pointer]) => {
    const value = at(summary, pointer)
    return value === undefined ? [] : [{ name, value, interval: intervalOf(summary, pointer) }]
  })

/** Every number of `pooled`, by its path. */
export function pooledScores(summary: Summary): RunScore[] {
  const walk = (block: Loose, path: string): RunScore[] =>
    Object.entries(block).flatMap(([key, value]): RunScore[] => {
      const pointer = `${path}/${key}`
      if (typeof value === 'number' || value === null)
        return [{ name: pointer.slice('/pooled/'.length), value, interval: intervalOf(summary, pointer) }]
      return typeof value === 'object' && !Array.isArray(value) ? walk(value as Loose, pointer) : []
    })
  return walk(summary.pooled, '/pooled')
}

export function classScores(summary: Summary): ClassScore[] {
  const rows = block(block(summary.pooled, 'overlap'), 'per_class')
  if (!Array.isArray(rows)) return []
  return rows.map((row: { label: number; name?: string; iou: number | null }, place) => ({
    label: row.label,
    name: row.name,
    iou: row.iou,
    interval: intervalOf(summary, `/pooled/overlap/per_class/${place}/iou`),
  }))
}

export const checksOf = (summary: Summary): readonly Check[] =>
  Array.isArray(summary.checks) ? summary.checks : []

export function notesOf(summary: Summary): RunNote[] {
  const matching = block(summary, 'matching')
  const unmatched = (key: string, code: string, what: string): RunNote[] => {
    const keys = listOf(block(matching, key)).map((one) =>
      String(block(one, 'key') ?? block(one, 'path') ?? one),
    )
    if (keys.length === 0) return []
    const more = keys.length > 5 ? `, and ${keys.length - 5} more` : ''
    return [{ code, message: `${what}: ${keys.slice(0, 5).join(', ')}${more}.` }]
  }
  const warnings = listOf(summary.warnings) as readonly { code: string; items: number; message: string }[]
  return [
    ...unmatched('missing', 'MISSING', 'Ground truths without a prediction'),
    ...unmatched('extra', 'EXTRA', 'Predictions without a ground truth, which were not scored'),
    ...unmatched('ambiguous', 'AMBIGUOUS', 'Keys that several files have'),
    ...unmatched('unreadable', 'UNREADABLE', 'Files that cannot be read'),
    ...warnings.map(({ code, items, message }) => ({
      code,
      message: items > 1 ? `${items} images: ${message}` : message,
    })),
    ...listOf(block(matching, 'hints')).map((hint) => ({ code: 'HINT', message: String(hint) })),
  ]
}

/** Names of the scores that an item may have. */
export const itemScores = (summary: Summary): string[] => Object.keys(summary.macro)

function intervalOf(summary: Summary, pointer: string): Interval | undefined {
  const value = block(block(block(summary, 'intervals'), 'values'), pointer)
  return Array.isArray(value) && typeof value[0] === 'number' ? (value as unknown as Interval) : undefined
}

/** @returns undefined where the summary has no such score */
function at(summary: Summary, pointer: string): number | null | undefined {
  let value: unknown = summary
  for (const key of pointer.slice(1).split('/')) value = block(value, key)
  return typeof value === 'number' || value === null ? value : undefined
}

const block = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Loose)[key] : undefined

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Columns of the manifest and the values that images have in them. */
export const columnsOf = (summary: Summary): (readonly [column: string, values: readonly string[]])[] =>
  Object.entries((block(summary, 'by') ?? {}) as Readonly<Record<string, unknown>>).map(([column, rows]) => [
    column,
    listOf(rows).map((row) => String(block(row, 'value'))),
  ])
