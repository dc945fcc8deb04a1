import type { ListedMask, Listing } from './listing.ts'

/** What holds the voxels of each kind of header, by the endings of their names. */
const voxelEndings: Readonly<Record<string, readonly string[]>> = {
  hdr: ['img'],
  mhd: ['raw', 'zraw'],
  nhdr: ['raw', 'raw.gz', 'gz'],
}

/**
 * Headers of volumes and the files of the same name that hold their voxels, each pair as one mask: it is read as a zip of
 * both. A header without such a file stays as it is, and its reader says what is missing.
 */
export function foldDetachedVolumes(listing: Listing): Listing {
  const headers = listing.masks.filter(({ path }) => headerName.test(path))
  if (headers.length === 0) return listing
  const byPath = new Map(listing.masks.map((mask) => [mask.path, mask]))
  const joined = new Map<ListedMask, ListedMask>()
  const voxels = new Set<ListedMask>()
  for (const header of headers) {
    const [, stem, ending] = headerName.exec(header.path) ?? []
    const found = voxelEndings[ending.toLowerCase()]
      .flatMap((other) => [`${stem}.${other}`, `${stem}.${other.toUpperCase()}`])
      .map((path) => byPath.get(path))
      .find((mask) => mask !== undefined)
    if (!found) continue
    voxels.add(found)
    const files = [header, found].map(({ path, reader }) => ({ name: baseName(path), reader }))
    joined.set(header, { ...header, reader: { type: 'zipped', files } })
  }
  const masks = listing.masks.filter((mask) => !voxels.has(mask)).map((mask) => joined.get(mask) ?? mask)
  return { ...listing, masks }
}

const headerName = /^(.+)\.(hdr|mhd|nhdr)$/i
const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
