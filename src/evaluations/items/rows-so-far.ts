import { closeSync, fstatSync } from 'node:fs'
import { basename } from 'node:path'
import { Refusal } from '../../problems/refusal.ts'
import { openKept, parseKept } from '../running/kept-json.ts'
import { linesOfFile } from '../running/lines-of-file.ts'
import type { KeptRow } from '../running/row-line.ts'

/** A file with the rows of neighbouring items. */
export interface RowsFile {
  /** Place of its first item in the manifest. */
  readonly first: number
  readonly count: number
  readonly path: string
}

/**
 * Rows of a run that goes on, by index: those that are there, of the items from `from` on.
 * @param files in manifest order
 */
export function rowsSoFar(files: readonly RowsFile[], from: number, limit: number): KeptRow[] {
  const rows: KeptRow[] = []
  for (const { first, count, path } of files) {
    if (first + count <= from) continue
    const file = openKept(path)
    try {
      let index = first
      for (const line of linesOfFile(file, fstatSync(file).size)) {
        if (index++ < from) continue
        rows.push(parseKept(line.toString(), basename(path)))
        if (rows.length === limit) return rows
      }
    } finally {
      closeSync(file)
    }
  }
  return rows
}

/** @throws Refusal NOT_FINISHED where the item has not been scored */
export function rowOf(files: readonly RowsFile[], index: number): KeptRow {
  const file = files.find(({ first, count }) => first <= index && index < first + count)
  const [row] = file ? rowsSoFar([file], index, 1) : []
  if (row?.index !== index)
    throw new Refusal('NOT_FINISHED', `The item ${index} has not been scored.`).advising(
      'Ask again once it is, if the evaluation goes on: GET /v1/evaluations/{id} tells.',
    )
  return row
}
