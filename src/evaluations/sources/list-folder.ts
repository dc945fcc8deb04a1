import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { Refusal } from '../../problems/refusal.ts'
import { FolderFile } from './folder-file.ts'
import type { Listing } from './listing.ts'
import { ListingDraft } from './listing-draft.ts'
import { notFound } from './not-found.ts'

/**
 * All regular files below a folder. Links to files within it are followed; links that leave it, lead to a folder or to
 * nothing are unreadable items, so that nothing is taken from elsewhere and nothing is lost in silence.
 * @throws Refusal NOT_FOUND where there is no such folder, TOO_MANY_ITEMS
 */
export function listFolder(folder: string, maxItems: number): Listing {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw notFound('no folder', folder)
  const root = realpathSync(folder)
  const draft = new ListingDraft(maxItems)
  const visit = (below: string) => {
    for (const entry of entriesOf(below)) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (draft.passOver(path)) continue
      if (entry.isDirectory()) visit(path)
      else if (entry.isFile()) addFile(path, root, draft)
      else if (entry.isSymbolicLink()) followLink(path, root, draft)
      else draft.junk('no regular file')
    }
  }
  const entriesOf = (below: string): Dirent[] => {
    try {
      return readdirSync(join(root, below), { withFileTypes: true })
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === undefined || below === '') throw error
      draft.closedFolder(below, notUtf8(below) ?? `The folder cannot be listed: ${code}.`)
      return []
    }
  }
  visit('')
  return draft.listing()
}

function addFile(path: string, root: string, draft: ListingDraft): void {
  try {
    draft.take(new FolderFile(root, path, statSync(join(root, path)).size))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined || error instanceof Refusal) throw error
    draft.unreadable(path, notUtf8(path) ?? `The file cannot be read: ${code}.`)
  }
}

/** Bytes that are no text stand in a name as U+FFFD, by which nothing is found. */
const notUtf8 = (path: string): string | undefined =>
  path.includes('\uFFFD') ? 'Its name is not UTF-8: rename it.' : undefined

function followLink(path: string, root: string, draft: ListingDraft): void {
  let target: string
  try {
    target = realpathSync(join(root, path))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    draft.unreadable(path, `The link leads nowhere: ${code}.`)
    return
  }
  if (!target.startsWith(root + sep)) draft.unreadable(path, 'The link leads out of the folder.')
  else {
    const found = statSync(target)
    if (found.isFile()) draft.add(path, { type: 'file', path: target, bytes: found.size })
    else draft.unreadable(path, 'The link leads to no file.')
  }
}
