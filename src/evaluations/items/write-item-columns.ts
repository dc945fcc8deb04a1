import { join, relative } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { placedRows } from '../running/kept-files.ts'
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
  const { files, items, hasClasses } = request
  const columns = new ItemColumns(items)
  const joint = hasClasses ? new JointTable() : undefined
  for (const { row, place } of placedRows(files, items)) {
    columns.add(row, place)
    if (joint && row.status === 'scored') addJoint(joint, row)
    if (columns.size % rowsAtOnce === 0) await breathe()
  }
  writeColumnsOf(columns, { ...request, joint })
}

/** Of what columns tell beside themselves. */
interface ColumnsOf extends Pick<ColumnsRequest, 'files' | 'folder' | 'names'> {
  /** Of all scored rows; undefined where labels mean something else in every image. */
  readonly joint: JointTable | undefined
}

/** Writes the columns of all rows of a run. */
export function writeColumnsOf(columns: ItemColumns, { files, folder, names, joint }: ColumnsOf): void {
  const paths = files.map((path) => relative(folder, path))
  const confusion: Confusion | null = joint ? confusionOf(joint, names) : null
  writePieces(join(folder, confusionName), [JSON.stringify(confusion)])
  writeColumns(join(folder, columnsName), columns.facts(paths, joint !== undefined), columns.columns())
}

function addJoint(table: JointTable, { joint, joint_table }: KeptRow): void {
  const triples = joint ?? joint_table
  if (triples) table.add(triples)
  else table.addUnknown()
}
