import type { Listing } from '../listing.ts'

/** Folders that say what their files are. */
const meaning = new Set([
  'masks',
  'images',
  'labelsTr',
  'labelsTs',
  'imagesTr',
  'imagesTs',
  'SegmentationClass',
])

/**
 * Paths without the one folder that all files of an archive stand in, as in a zip of a folder: they are then those of the folder.
 * A folder whose name says what its files are stays, and so does one that is a key (`x/masks/…`).
 */
export function withoutTopFolder(listing: Listing): Listing {
  const [first] = listing.masks
  const top = first?.path.slice(0, first.path.indexOf('/') + 1) ?? ''
  const rest = (path: string) => path.slice(top.length)
  const isShared = listing.masks.every(({ path }) => path.startsWith(top))
  const isKey = listing.masks.every(({ path }) => /^(masks|images)\//.test(rest(path)))
  if (top === '' || !isShared || isKey || meaning.has(top.slice(0, -1))) return listing
  return {
    ...listing,
    masks: listing.masks.map((mask) => ({ ...mask, path: rest(mask.path) })),
    unreadable: listing.unreadable.map(({ path, reason }) => ({ path: rest(path), reason })),
  }
}
