import type { Warning } from '../../labels/decoded-mask.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { Directory, TiffFile } from './directory.ts'
import { photometrics, tags } from './tags.ts'

/** Each page is decoded on its own, which costs something however small it is. */
export const maxPages = 4096

/** Bits of NewSubfileType, and the value of the older SubfileType that says the same as the first. */
const [reducedBit, maskBit] = [1, 4]
const oldReduced = 2

type Kind = 'page' | 'reduced' | 'mask'

/**
 * The directories that hold pages: not the reduced copies that GDAL and others keep beside a page for fast drawing, and
 * not its validity masks. A file that has nothing else than such is read by them.
 * @param volume whether all pages are wanted
 * @throws Refusal IMAGE_TOO_LARGE or MULTI_PAGE for too many directories, CORRUPT, TRUNCATED
 */
export function fullDirectories(
  file: TiffFile,
  volume: boolean,
): {
  readonly directories: readonly Directory[]
  readonly warnings: readonly Warning[]
} {
  const found: Record<Kind, Directory[]> = { page: [], reduced: [], mask: [] }
  for (const directory of directoriesOf(file, volume)) found[kindOf(file, directory)].push(directory)
  const directories = [found.page, found.reduced, found.mask].find(({ length }) => length > 0) ?? []
  const ignoresMask = found.mask.length > 0 && directories !== found.mask
  return { directories, warnings: ignoresMask ? [maskIgnored] : [] }
}

const maskIgnored: Warning = {
  code: 'VALIDITY_MASK_IGNORED',
  message:
    'The TIFF has a validity mask, a page that says which pixels hold data; labels were read everywhere. If pixels without data must not count, give them a label of their own and name it in `ignore_labels`.',
}

/** Sending them as one volume is no remedy. */
export const tooManyPages = (volume: boolean): Refusal =>
  new Refusal(
    volume ? 'IMAGE_TOO_LARGE' : 'MULTI_PAGE',
    `The TIFF has more than ${maxPages} pages.`,
  ).advising(`Send one page, or a volume of at most ${maxPages} slices.`)

function* directoriesOf(file: TiffFile, volume: boolean): Generator<Directory> {
  const seen = new Set<number>()
  for (let at = file.first(); at !== 0; ) {
    if (seen.has(at)) throw new Refusal('CORRUPT', `The pages of the TIFF go in a circle at byte ${at}.`)
    if (seen.size === maxPages) throw tooManyPages(volume)
    seen.add(at)
    const directory = file.directory(at)
    yield directory
    at = directory.next
  }
}

function kindOf(file: TiffFile, { entries }: Directory): Kind {
  const value = (tag: number): number => {
    const entry = entries.get(tag)
    return entry === undefined ? 0 : file.value(entry, 0)
  }
  const subfile = value(tags.newSubfileType)
  if (subfile & maskBit || value(tags.photometric) === photometrics.mask) return 'mask'
  return subfile & reducedBit || value(tags.subfileType) === oldReduced ? 'reduced' : 'page'
}
