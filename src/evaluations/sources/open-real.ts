import { closeSync, constants, fstatSync, openSync, realpathSync, statSync } from 'node:fs'
import { Refusal } from '../../problems/refusal.ts'

/** A pipe in the place of a file would be waited for, for ever. */
const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/**
 * Opens a file by its real path. Where a link was put in its place since, or in that of a folder above it, nothing is read: it
 * may lead out of the folder that the file was listed in.
 * @throws Refusal UNREADABLE_FILE; an error of the system with its code
 */
export function openReal(path: string): number {
  const file = openSync(path, flags)
  try {
    const opened = fstatSync(file)
    const named = statSync(path)
    const isSame = opened.ino === named.ino && opened.dev === named.dev
    if (!opened.isFile() || !isSame || realpathSync.native(path) !== path)
      throw new Refusal('UNREADABLE_FILE', 'Something else was put in its place since it was listed.')
    return file
  } catch (error) {
    closeSync(file)
    throw error
  }
}
