import { type ListedMask, type Listing, stemOf } from './listing.ts'

/** Masks of single objects, which are one mask together. Each is read when its turn comes. */
export function objectFolder(path: string, masks: readonly ListedMask[]): ListedMask {
  const [first] = masks
  return {
    path,
    stem: path.normalize('NFC'),
    reader: { type: 'masks', parts: masks.map(({ reader }) => reader) },
    ...(first?.options && { options: first.options }),
  }
}

/**
 * The layout of the Data Science Bowl 2018: `{key}/masks/*` holds an object a file, and `{key}/images/{key}` is the photo. Only
 * with the photo in its place is it certain that the files of `masks` are not images of their own.
 */
export function foldObjectFolders(listing: Listing): Listing {
  const folders = new Map<string, ListedMask[]>()
  const photos = new Set<string>()
  const others: ListedMask[] = []
  for (const mask of listing.masks) {
    const parts = stemOf(mask).split('/')
    const [key, folder, name] = parts.slice(-3)
    const parent = mask.path.split('/').slice(0, -2).join('/')
    if (parts.length < 3 || (folder !== 'masks' && folder !== 'images')) others.push(mask)
    else if (folder === 'masks') add(folders, parent, mask)
    else if (name === key) photos.add(parent)
    else others.push(mask)
  }
  if (folders.size === 0 || [...folders.keys()].some((parent) => !photos.has(parent))) return listing
  const objects = [...folders].map(([parent, masks]) => objectFolder(parent, masks))
  const junk = { ...listing.junk, photo: (listing.junk.photo ?? 0) + photos.size }
  return { ...listing, masks: [...objects, ...others].sort((a, b) => (a.path < b.path ? -1 : 1)), junk }
}

function add(folders: Map<string, ListedMask[]>, parent: string, mask: ListedMask): void {
  const known = folders.get(parent)
  if (known) known.push(mask)
  else folders.set(parent, [mask])
}
