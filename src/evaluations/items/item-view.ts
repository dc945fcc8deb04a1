import { directionOf } from '../score-facts.ts'
import type { ColumnFile, ColumnValues } from './column-file.ts'
import { confusedRows } from './confused-rows.ts'
import { statusNumbers, substitutedBit } from './item-columns.ts'
import type { ItemQuery } from './item-query.ts'
import { wrong } from './parameters.ts'
import { forEachOfClass, scoreColumn } from './score-column.ts'
import { numberOfText, rowsThatHold } from './text-column.ts'

/** The items that a query chooses, in its order. */
export interface ItemView {
  /** Places in the manifest. */
  readonly items: Uint32Array
  /** Items of which it is not known whether `confused` chooses them, as their joint tables were too long to be kept. */
  readonly unanswered: number
}

/**
 * A pure function of the run and the query: a position in it names the same item for good.
 * @throws Refusal INVALID_OPTIONS for scores, classes and columns that the run does not have
 */
export function itemView(folder: string, file: ColumnFile, query: ItemQuery): ItemView {
  const chosen = new Uint8Array(file.facts.items).fill(1)
  const keep = (isKept: (item: number) => boolean) => {
    for (let item = 0; item < chosen.length; item++) if (chosen[item] && !isKept(item)) chosen[item] = 0
  }
  filterByColumns(file, query, keep)
  let items = itemsOf(chosen)
  let unanswered = 0
  if (query.confused) {
    const found = confusedRows(folder, file, items, query.confused)
    unanswered = found.unanswered
    items = found.items
  }
  return { items: sorted(file, items, query), unanswered }
}

type Keep = (isKept: (item: number) => boolean) => void

function filterByColumns(file: ColumnFile, query: ItemQuery, keep: Keep): void {
  const { status, code, group, class: label, within, below, key, by } = query
  if (status !== undefined) {
    const values = file.read('status')
    keep((item) =>
      status === 'substituted'
        ? (values[item] & substitutedBit) > 0
        : (values[item] & (substitutedBit - 1)) === statusNumbers[status],
    )
  }
  if (code !== undefined) keepEqual(file.read('code'), file.facts.codes.indexOf(code) + 1, keep)
  if (group !== undefined) keepEqual(file.read('group'), numberOfText(file, 'group.values', group), keep)
  if (by !== undefined) {
    if (!file.facts.by.includes(by.column))
      throw wrong(
        'by',
        `names a column that rows do not have; they have ${file.facts.by.join(', ') || 'none'}`,
      )
    keepEqual(file.read(`by.${by.column}`), numberOfText(file, `by.${by.column}.values`, by.value), keep)
  }
  if (label !== undefined) {
    const holds = new Uint8Array(file.facts.items)
    forEachOfClass(file, label, (item) => {
      holds[item] = 1
    })
    keep((item) => holds[item] === 1)
  }
  if (below !== undefined) {
    const values = scoreColumn(file, below.score, label, 'below')
    keep((item) => values[item] < below.value)
  }
  if (within !== undefined) {
    const { low, high } = within
    const values = scoreColumn(file, within.score, label, 'between')
    keep(
      (item) =>
        (low === null || values[item] >= low) &&
        (high === null || values[item] <= high) &&
        !Number.isNaN(values[item]),
    )
  }
  if (key !== undefined) {
    const holds = new Uint8Array(file.facts.items)
    for (const item of rowsThatHold(file, 'key', key)) holds[item] = 1
    keep((item) => holds[item] === 1)
  }
}

/** A number of 0 is that of a text which no row has. */
function keepEqual(values: ColumnValues, number: number, keep: Keep): void {
  keep((item) => number > 0 && values[item] === number)
}

function itemsOf(chosen: Uint8Array): Uint32Array {
  const items = new Uint32Array(chosen.reduce((sum, value) => sum + value, 0))
  let size = 0
  for (let item = 0; item < chosen.length; item++) if (chosen[item]) items[size++] = item
  return items
}

/** Items without a value come last, equal ones in manifest order. The manifest is sorted by key. */
function sorted(file: ColumnFile, items: Uint32Array, { sort, order, class: label }: ItemQuery): Uint32Array {
  if (sort === 'index' || sort === 'key') return order === 'descending' ? items.reverse() : items
  const values = scoreColumn(file, sort, label, 'sort')
  const isLargestFirst = largestFirst(sort, order)
  const sign = isLargestFirst ? -1 : 1
  const valued = items.filter((item) => !Number.isNaN(values[item]))
  valued.sort((a, b) => sign * (values[a] - values[b]) || a - b)
  const without = items.filter((item) => Number.isNaN(values[item]))
  const all = new Uint32Array(items.length)
  all.set(valued)
  all.set(without, valued.length)
  return all
}

function largestFirst(sort: string, order: ItemQuery['order']): boolean {
  if (order === 'ascending' || order === 'descending') return order === 'descending'
  const better = sort === 'iou' || sort === 'dice' ? 1 : directionOf(sort)
  if (better === 0)
    throw wrong('order', `takes ascending or descending for ${sort}, which is neither better nor worse`)
  return order === 'best' ? better === 1 : better === -1
}
