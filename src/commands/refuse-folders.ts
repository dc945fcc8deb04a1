import { statSync } from 'node:fs'
import { Refusal } from '../problems/refusal.ts'

/**
 * A call on one image takes files.
 * @throws Refusal UNREADABLE_FILE for a folder, which names the command that takes folders
 */
export function refuseFolders(paths: readonly string[]): void {
  const folder = paths.find((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory())
  if (folder === undefined) return
  throw new Refusal(
    'UNREADABLE_FILE',
    `${JSON.stringify(folder)} is a folder, and this command takes files.`,
  ).advising(
    'Two folders of masks are scored by `maskscore evaluate GROUND_TRUTH PREDICTION`; `maskscore match` shows first which files belong together.',
  )
}
