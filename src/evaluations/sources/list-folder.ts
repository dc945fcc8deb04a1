import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
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
      else if (entry.isFile()) draft.add(path, fileReader(join(root, path)))
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
      draft.closedFolder(below, `The folder cannot be listed: ${code}.`)
      return []
    }
  }
  visit('')
  return draft.listing()
}

const fileReader = (path: string) => ({ type: 'file', path, bytes: statSync(path).size }) as const

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
  else if (statSync(target).isFile()) draft.add(path, fileReader(target))
  else draft.unreadable(path, 'The link leads to no file.')
}
