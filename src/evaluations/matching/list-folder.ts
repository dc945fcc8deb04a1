import { type Dirent, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../../problems/refusal.ts'

/** What a folder holds: masks, and what was passed over, counted by kind. */
export interface FolderListing {
  /** Relative to the folder, with `/`, sorted. */
  readonly paths: readonly string[]
  readonly junk: Readonly<Record<string, number>>
}

/**
 * All regular files below a folder. Dot files, what macOS and Windows leave behind, and everything that is no regular file
 * (links are not followed) is passed over and counted.
 * @throws Refusal NOT_FOUND where there is no such folder
 */
export function listFolder(folder: string): FolderListing {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Refusal('NOT_FOUND', `There is no folder ${JSON.stringify(folder)}.`)
  const paths: string[] = []
  const junk = new Map<string, number>()
  const visit = (below: string) => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      const kind = junkKind(entry)
      if (kind !== undefined) junk.set(kind, (junk.get(kind) ?? 0) + 1)
      else if (entry.isDirectory()) visit(path)
      else paths.push(path)
    }
  }
  visit('')
  return {
    paths: paths.sort((a, b) => (a < b ? -1 : 1)),
    junk: Object.fromEntries([...junk].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

function junkKind(entry: Dirent): string | undefined {
  const { name } = entry
  if (name === '__MACOSX' || name === 'Thumbs.db' || name === 'desktop.ini') return name
  if (name.startsWith('.')) return 'dot file'
  return entry.isFile() || entry.isDirectory() ? undefined : 'no regular file'
}
