import { labelIn, labelOf, onlyParameters, type Query, word, wrong } from './parameters.ts'

/** Which items of a run, and in which order. */
export interface ItemQuery {
  /** `index`, `key`, a score, or `iou` and `dice` of `class`. */
  readonly sort: string
  readonly order: 'worst' | 'best' | 'ascending' | 'descending'
  readonly status?: 'scored' | 'failed' | 'skipped' | 'substituted'
  /** Of the item's problem. */
  readonly code?: string
  readonly group?: string
  /** Items in which either mask holds this class. */
  readonly class?: number
  /** Lowest and highest value of a score, both included; null: no bound. */
  readonly within?: { readonly score: string; readonly low: number | null; readonly high: number | null }
  /** Value below which a score is. */
  readonly below?: { readonly score: string; readonly value: number }
  /** A part of the key. */
  readonly key?: string
  /** Items in which pixels of the first class were predicted as the second. */
  readonly confused?: readonly [groundTruth: number, prediction: number]
  /** A column of the manifest, and the value that items have there. */
  readonly by?: { readonly column: string; readonly value: string }
}

/** The parameters that choose items; those of paging and of the answer's form are not among them. */
export const queryParameters = [
  'sort',
  'order',
  'status',
  'code',
  'group',
  'class',
  'below',
  'between',
  'key',
  'confused',
  'by',
] as const

const orders = ['worst', 'best', 'ascending', 'descending'] as const
const statuses = ['scored', 'failed', 'skipped', 'substituted'] as const

/**
 * Reads the parameters of an address. Whether a score or a column is there, only the run knows.
 * @throws Refusal INVALID_OPTIONS, which names the parameter
 */
export function parseItemQuery(parameters: Query, also: readonly string[]): ItemQuery {
  onlyParameters(parameters, [...queryParameters, ...also])
  const { sort = 'index', code, group, below, between, key, confused, by } = parameters
  const order =
    word(parameters, 'order', orders) ?? (sort === 'index' || sort === 'key' ? 'ascending' : 'worst')
  if ((sort === 'index' || sort === 'key') && (order === 'worst' || order === 'best'))
    throw wrong('order', `takes ascending or descending where items are sorted by ${sort}`)
  const ofStatus = word(parameters, 'status', statuses)
  const label = labelIn(parameters)
  return {
    sort,
    order,
    ...(ofStatus !== undefined && { status: ofStatus }),
    ...(code !== undefined && { code }),
    ...(group !== undefined && { group }),
    ...(label !== undefined && { class: label }),
    ...(below !== undefined && { below: belowOf(below) }),
    ...(between !== undefined && { within: withinOf(between) }),
    ...(key !== undefined && { key }),
    ...(confused !== undefined && { confused: confusedOf(confused) }),
    ...(by !== undefined && { by: columnOf(by) }),
  }
}

function belowOf(text: string): { score: string; value: number } {
  const [score, value, ...more] = text.split(':')
  if (score === '' || value === undefined || more.length > 0)
    throw wrong('below', 'is written as mean_iou:0.5')
  return { score, value: numberOf(value, 'below') }
}

function withinOf(text: string): NonNullable<ItemQuery['within']> {
  const [, score, low, high] = /^([^:]+):([^,]*),([^,]*)$/.exec(text) ?? []
  if (score === undefined) throw wrong('between', 'is written as mi_loss:0.2,0.4')
  const bound = (value: string) => (value === '' ? null : numberOf(value, 'between'))
  return { score, low: bound(low), high: bound(high) }
}

function numberOf(text: string, parameter: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value))
    throw wrong(parameter, `has ${JSON.stringify(text.slice(0, 40))}, which is no number`)
  return value
}

function confusedOf(text: string): readonly [number, number] {
  const labels = text.split(',')
  if (labels.length !== 2)
    throw wrong('confused', 'is written as 3,7: the true class, then the predicted one')
  return [labelOf(labels[0], 'confused'), labelOf(labels[1], 'confused')]
}

function columnOf(text: string): { column: string; value: string } {
  const colon = text.indexOf(':')
  if (colon < 1) throw wrong('by', 'is written as annotator:ann')
  return { column: text.slice(0, colon), value: text.slice(colon + 1) }
}
