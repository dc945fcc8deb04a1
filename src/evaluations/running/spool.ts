import { openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../sources/temporary-folder.ts'

/**
 * A file without a name for the rows of a run that keeps no results: it is gone when the process ends, however it ends.
 * Where a file that is open cannot be removed, its folder stays among the temporary files.
 */
export function openSpool(): number {
  const folder = temporaryFolder()
  const file = openSync(join(folder, 'items.part.ndjson'), 'wx+', 0o600)
  if (process.platform !== 'win32') rmSync(folder, { recursive: true })
  return file
}
