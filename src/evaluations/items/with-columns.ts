import { join } from 'node:path'
import { ColumnFile } from './column-file.ts'
import { columnsName } from './write-item-columns.ts'

/** Opens the columns in the folder of a run for as long as `use` takes. */
export function withColumns<T>(folder: string, use: (file: ColumnFile) => T): T {
  const file = new ColumnFile(join(folder, columnsName))
  try {
    return use(file)
  } finally {
    file.close()
  }
}
