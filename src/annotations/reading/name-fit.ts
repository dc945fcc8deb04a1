import { isMaskName } from '../../decoding/mask-formats.ts'

/** How a name fits what is asked for; a higher number is nearer. */
export const fits = { none: 0, stem: 1, fileName: 2, path: 3, text: 4 } as const

export type Fit = (typeof fits)[keyof typeof fits]

/**
 * How well a name, such as a path in a document, fits the one that is asked for: as a text; as a path, whichever way its
 * slashes lean; by the name of the file; and by that without its ending, so that "a.jpg" fits "masks/a.png".
 * Folders that one of the two has and the other lacks do not matter, but those that both have must agree:
 * "train/a.jpg" never fits "valid/a.jpg". Folders that only say what kind of file is in them count as absent.
 */
export function fitOf(name: string, wanted: string): Fit {
  if (name === wanted) return fits.text
  const [nameParts, wantedParts] = [partsOf(name), partsOf(wanted)]
  const [file = '', wantedFile = ''] = [nameParts.pop(), wantedParts.pop()]
  if (file === '' || wantedFile === '') return fits.none
  const sameFile = file === wantedFile
  if (sameFile && nameParts.join('/') === wantedParts.join('/')) return fits.path
  if (!sameFile && stemOf(file) !== stemOf(wantedFile)) return fits.none
  const [folders, wantedFolders] = [nameParts.filter(saysMore), wantedParts.filter(saysMore)]
  if (!isWithin(folders, wantedFolders) && !isWithin(wantedFolders, folders)) return fits.none
  return sameFile ? fits.fileName : fits.stem
}

const partsOf = (path: string): string[] =>
  path.split(/[/\\]/).filter((part, at) => part !== '.' && !(part === '' && at === 0))

const kindFolder =
  /^(?:ann|annotations?|images?|imgs?|jpegimages|labels?|masks?|segmentationclass|segmentationobject)$/i

const saysMore = (folder: string): boolean => !kindFolder.test(folder)

/** True when the shorter list is what is left of the longer when some of it is taken out. */
function isWithin(short: readonly string[], long: readonly string[]): boolean {
  let found = 0
  for (const folder of long) if (folder === short[found]) found++
  return found === short.length
}

const otherEnding = /\.(?:jpe?g|jfif|jp2|bmp|gif|heic|heif|avif|p[gp]m|dcm|mp4|avi|mov|json|xml|txt)$/i

const stemOf = (name: string): string =>
  isMaskName(name) || otherEnding.test(name) ? name.slice(0, name.lastIndexOf('.')) : name
