import { closeSync, fstatSync, openSync } from 'node:fs'
import { join, relative } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { Refusal } from '../../problems/refusal.ts'
import { linesOfFile } from '../running/lines-of-file.ts'
import type { KeptRow } from '../running/row-line.ts'
import { writePieces } from '../running/write-pieces.ts'
import { JointTable } from '../tally/joint-table.ts'
import { writeColumns } from './column-file.ts'
import { type Confusion, confusionOf } from './confusion.ts'
import { ItemColumns } from './item-columns.ts'

/** What the columns of a finished run are made of. Plain data. */
export interface ColumnsRequest {
  /** Files of rows, a line each, which hold all items in manifest order when read one behind the other. */
  readonly files: readonly string[]
  readonly items: number
  /** Where `columns.bin` and `confusion.json` are put. */
  readonly folder: string
  /** Labels mean the same in every image. */
  readonly hasClasses: boolean
  /** Label → name. */
  readonly names: Readonly<Record<string, string>>
}

export const columnsName = 'columns.bin'
export const confusionName = 'confusion.json'

const rowsAtOnce = 1000

/**
 * Writes what items are found, ordered and counted by. Runs in a thread: a million rows take some seconds.
 * @throws Refusal RESULTS_DAMAGED where the rows are not those of all items in order
 */
export async function writeItemColumns(request: ColumnsRequest): Promise<void> {
  const { files, items, folder, hasClasses, names } = request
  const columns = new ItemColumns(items)
  const joint = new JointTable()
  for (const [number, path] of files.entries()) {
    const file = openSync(path, 'r')
    try {
      let start = 0
      for (const line of linesOfFile(file, fstatSync(file).size)) {
        const { joint_table, ...row }: KeptRow = JSON.parse(line.toString())
        if (row.index !== columns.size || row.index >= items) throw outOfOrder(columns.size, path)
        columns.add(row, { file: number, start, bytes: line.length })
        start += line.length
        if (hasClasses && row.status === 'scored') addJoint(joint, row, joint_table)
        if (columns.size % rowsAtOnce === 0) await breathe()
      }
    } finally {
      closeSync(file)
    }
  }
  if (columns.size !== items) throw outOfOrder(columns.size, folder)
  const paths = files.map((path) => relative(folder, path))
  const confusion: Confusion | null = hasClasses ? confusionOf(joint, names) : null
  writePieces(join(folder, confusionName), [JSON.stringify(confusion)])
  writeColumns(join(folder, columnsName), columns.facts(paths, hasClasses), columns.columns())
}

function addJoint(table: JointTable, row: KeptRow, beside: KeptRow['joint_table']): void {
  const triples = row.joint ?? beside
  if (triples) table.add(triples)
  else table.addUnknown()
}

const outOfOrder = (index: number, path: string): Refusal =>
  new Refusal('RESULTS_DAMAGED', `The row of item ${index} is not where it belongs in ${path}.`)
