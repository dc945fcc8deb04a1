import { mkdirSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { type MistakenObjects, mistakenObjects } from '../reports/detection-review.ts'
import { reportText } from '../reports/report-formats.ts'
import type { ReportInput } from '../reports/report-input.ts'
import { keptRows } from '../running/kept-files.ts'
import type { KeptRow } from '../running/row-line.ts'
import { writePieces } from '../running/write-pieces.ts'
import type { Summary } from '../summary/summary.ts'
import type { RowsFile } from './rows-so-far.ts'
import { wholeRow } from './shown-row.ts'

/** A report of a finished run as a file. Plain data. */
export interface ReportRequest {
  /** Of `reportFileNames`. */
  readonly name: string
  readonly summary: Summary
  /** All rows, in manifest order. */
  readonly files: readonly RowsFile[]
  readonly pictures?: ReportInput['pictures']
  readonly objectPictures?: ReportInput['objectPictures']
  /** Where it is put; what is there is whole. */
  readonly path: string
}

/** Writes the same bytes as the command line. */
export function writeReport({ name, summary, files, pictures, objectPictures, path }: ReportRequest): void {
  const text = reportText(name, {
    summary,
    rows: () => rowsOf(files, wholeRow),
    joints: () => jointsOf(files),
    ...(pictures && { pictures }),
    ...(objectPictures && { objectPictures }),
  })
  mkdirSync(dirname(path), { recursive: true })
  const fresh = `${path}.${process.pid}.${performance.now()}.new`
  writePieces(fresh, text)
  renameSync(fresh, path)
}

/** Objects that the report of a run with confidences shows. */
export const mistakenObjectsIn = (files: readonly RowsFile[]): MistakenObjects =>
  mistakenObjects(rowsOf(files, wholeRow))

function* jointsOf(files: readonly RowsFile[]) {
  for (const { joint_table } of rowsOf(files, (row) => row)) if (joint_table) yield joint_table
}

function* rowsOf<T>(files: readonly RowsFile[], use: (row: KeptRow) => T): Generator<T> {
  for (const row of keptRows(files.map(({ path }) => path))) yield use(row)
}
