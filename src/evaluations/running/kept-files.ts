import { closeSync, fstatSync } from 'node:fs'
import { basename } from 'node:path'
import { Refusal } from '../../problems/refusal.ts'
import { openKept, parseKept } from './kept-json.ts'
import { linesOfFile } from './lines-of-file.ts'
import type { KeptRow } from './row-line.ts'

/** Where the line of a row stands. */
export interface RowPlace {
  /** Among the files of a run. */
  readonly file: number
  readonly start: number
  readonly bytes: number
}

/** A row, and where it stands. */
export interface PlacedRow {
  readonly row: KeptRow
  readonly place: RowPlace
}

/** The rows of files, one behind the other. @throws Refusal RESULTS_DAMAGED */
export function* keptRows(files: readonly string[]): Generator<KeptRow> {
  for (const { row } of rowsWithPlaces(files)) yield row
}

/**
 * The rows of a whole run with their places.
 * @throws Refusal RESULTS_DAMAGED, also where they are not those of all items in order
 */
export function* placedRows(files: readonly string[], items: number): Generator<PlacedRow> {
  let next = 0
  for (const placed of rowsWithPlaces(files)) {
    if (placed.row.index !== next || next >= items) throw outOfOrder(next, files[placed.place.file])
    next++
    yield placed
  }
  if (next !== items) throw outOfOrder(next, files.at(-1) ?? 'no file')
}

function* rowsWithPlaces(files: readonly string[]): Generator<PlacedRow> {
  for (const [number, path] of files.entries()) {
    const file = openKept(path)
    try {
      let start = 0
      for (const line of linesOfFile(file, fstatSync(file).size)) {
        const row = parseKept<KeptRow>(line.toString(), basename(path))
        yield { row, place: { file: number, start, bytes: line.length } }
        start += line.length
      }
    } finally {
      closeSync(file)
    }
  }
}

const outOfOrder = (index: number, path: string): Refusal =>
  new Refusal('RESULTS_DAMAGED', `The row of item ${index} is not where it belongs in ${basename(path)}.`)
