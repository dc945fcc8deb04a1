import { fstatSync, ftruncateSync } from 'node:fs'
import { Refusal } from '../../problems/refusal.ts'
import { isRow } from '../rows/is-row.ts'
import type { Items } from '../sources/item.ts'
import { KeptRows } from './kept-rows.ts'
import { linesOfFile } from './lines-of-file.ts'
import type { KeptRow } from './row-line.ts'

/** A line that takes back the rows of an item: its files changed. */
export interface TakenBack {
  readonly index: number
  readonly taken_back: true
}

/**
 * The rows that a run had written when it ended. The last line may be torn, and is cut off; of several rows of an item the
 * last counts.
 * @throws Refusal RESULTS_DAMAGED, which names the line, where any other line is no row of its item
 */
export function readPart(file: number, path: string, items: Items): KeptRows {
  const { size } = fstatSync(file)
  const whole: { readonly index: number; readonly start: number; readonly bytes: number }[] = []
  let number = 0
  let start = 0
  for (const line of linesOfFile(file, size)) {
    number++
    const row = rowOf(line, items)
    if (!row)
      throw new Refusal('RESULTS_DAMAGED', `Line ${number} of ${path} is no row of an item of this run.`)
    whole.push({ index: row.index, start: isWhole(row) ? start : -1, bytes: line.length })
    start += line.length
  }
  if (start < size) ftruncateSync(file, start)
  const kept = new KeptRows(file, items.length, start)
  for (const { index, start: place, bytes } of whole) kept.place(index, place, bytes)
  return kept
}

/** A row of a finished run has left out a joint table that was too long for it: the item is scored again. */
const isWhole = (row: KeptRow | TakenBack): boolean =>
  !('taken_back' in row) && (row.joint_in_chunk === undefined || row.joint_table !== undefined)

function rowOf(line: Buffer, items: Items): KeptRow | TakenBack | undefined {
  try {
    const row = JSON.parse(line.toString()) as KeptRow | TakenBack
    const item = Number.isSafeInteger(row.index) && row.index >= 0 ? items.at(row.index) : undefined
    if (item === undefined) return undefined
    return 'taken_back' in row || (row.key === item.key && isRow(row)) ? row : undefined
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined
    throw error
  }
}
