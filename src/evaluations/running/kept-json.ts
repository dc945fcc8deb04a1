import { openSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { Refusal } from '../../problems/refusal.ts'

const damaged = (name: string, why: string): Refusal =>
  new Refusal('RESULTS_DAMAGED', `The file ${name} of the run ${why}.`).advising(
    'Evaluate the dataset again.',
  )

/**
 * What an earlier step of a run wrote as JSON.
 * @param name of its file, told when it is damaged
 * @throws Refusal RESULTS_DAMAGED
 */
export function parseKept<T>(text: string, name: string): T {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw damaged(name, 'is damaged')
    throw error
  }
}

/** The same of a whole file. @throws Refusal RESULTS_DAMAGED */
export const readKept = <T>(path: string): T =>
  parseKept(
    found(path, () => readFileSync(path, 'utf8')),
    basename(path),
  )

/** Opens a file that an earlier step of a run wrote, for reading. @throws Refusal RESULTS_DAMAGED where it is not there */
export const openKept = (path: string): number => found(path, () => openSync(path, 'r'))

function found<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw damaged(basename(path), 'is not there')
    throw error
  }
}
