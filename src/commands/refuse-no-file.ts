import { statSync } from 'node:fs'
import { Refusal } from '../problems/refusal.ts'

/** What Node reads at once. */
const maxBytes = 2 ** 31 - 1

/**
 * A call on one image takes files, and reads them whole.
 * @throws Refusal UNREADABLE_FILE for a folder, with the command that takes folders, and for a device, which may never end;
 *   INPUT_TOO_LARGE before anything is read
 */
export function refuseNoFile(paths: readonly string[]): void {
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false })
    const name = JSON.stringify(path)
    if (found?.isDirectory())
      throw new Refusal('UNREADABLE_FILE', `${name} is a folder, and this command takes files.`).advising(
        'Two folders of masks are scored by `maskscore evaluate GROUND_TRUTH PREDICTION`; `maskscore match` shows first which files belong together.',
      )
    if (found?.isCharacterDevice() || found?.isBlockDevice())
      throw new Refusal('UNREADABLE_FILE', `${name} is a device, and this command takes files.`).advising(
        'Name a file.',
      )
    if (found && found.size > maxBytes)
      throw new Refusal('INPUT_TOO_LARGE', `${name} has ${found.size} bytes; the limit is ${maxBytes}.`)
  }
}
