import { maskFormats } from '../../decoding/mask-formats.ts'
import type { Warning } from '../../labels/decoded-mask.ts'

/** What the hints depend on. */
export interface Seen {
  readonly encoding: string
  /** Distinct labels, ascending. */
  readonly labels: ArrayLike<number>
  readonly preset: string | undefined
  readonly greyBits: 'expanded' | 'sample' | undefined
  readonly binary: boolean
}

/** More greys than these are no list of classes. */
const maxGreyClasses = 64

/**
 * Guesses what a mask is, and names the option that may fit it better, in a sentence or two each. There are none for a
 * file that is read by a preset or as binary: the caller has decided. Annotations say what they are.
 */
export function maskHints({ encoding, labels, preset, greyBits, binary }: Seen): Warning[] {
  const [format] = encoding.split('-', 1)
  const isMask = Object.hasOwn(maskFormats, format) || format === 'labels'
  if (!isMask || preset !== undefined || binary) return []
  const found: Warning[] = []
  const hint = (code: string, message: string | undefined) => message && found.push({ code, message })
  if (greyBits === undefined && encoding.endsWith('-expanded')) hint('EXPANDED_SAMPLES', expanded(encoding))
  if (labels.length === 2 && labels[0] === 0 && labels[1] === 255)
    hint(
      'BINARY_OF_255',
      'Its labels are 0 and 255, as of a binary mask. With `binary`: true it compares to masks of 0 and 1.',
    )
  if (/grey16|uint16|int(32|64)/.test(encoding)) hint('LIKELY_PACKED_INSTANCES', packedClasses(labels))
  if (holdsVoid(labels)) hint('LIKELY_VOID', voidHint(encoding, labels))
  if (isGreyMap(encoding, labels)) hint('LIKELY_GREY_MAP', greyMap(labels))
  return found
}

const expanded = (encoding: string) =>
  `Samples of ${/\d+/.exec(encoding)?.[0]} bits were read as the greys 0..255 they stand for. If the samples are the labels, set \`grey_bits\` to "sample".`

const fromEnd = (labels: ArrayLike<number>, k: number): number => labels[labels.length - k]

/** Whether 255 is there and all other labels are much smaller. */
const holdsVoid = (labels: ArrayLike<number>) =>
  labels.length > 2 && fromEnd(labels, 1) === 255 && fromEnd(labels, 2) < 200

function voidHint(encoding: string, labels: ArrayLike<number>): string {
  const voc = encoding.includes('palette') && fromEnd(labels, 2) <= 20
  return voc
    ? 'A palette of classes up to 20, and 255: this may be Pascal VOC. `preset` "voc" ignores its void, 255.'
    : 'The label 255 stands apart from the others. If it means void, name it in `ignore_labels`.'
}

/** Whether 8-bit samples go up to white through many greys, as probabilities and photos do. */
const isGreyMap = (encoding: string, labels: ArrayLike<number>): boolean =>
  labels.length > maxGreyClasses &&
  labels[0] >= 0 &&
  fromEnd(labels, 1) >= 250 &&
  fromEnd(labels, 1) <= 255 &&
  !encoding.includes('palette')

const greyMap = (labels: ArrayLike<number>) =>
  `It holds ${labels.length} values up to ${fromEnd(labels, 1)}, more than a list of classes does: if these are probabilities or the greys of a picture, they were read as labels. Save the mask that a threshold makes of it.`

/** The hint for values that may hold a class and an instance. */
function packedClasses(labels: ArrayLike<number>): string | undefined {
  const largest = fromEnd(labels, 1)
  if (labels.length === 0 || largest < 256 || largest > 65_535) return undefined
  const areAll = (fits: (label: number) => boolean): boolean => {
    for (let k = 0; k < labels.length; k++) if (labels[k] > 0 && !fits(labels[k])) return false
    return true
  }
  // Cityscapes: ids up to 33 as they are; ids 24 to 33, which have instances, times 1000 and the instance's number.
  if (areAll((label) => label <= 33 || (label >= 24_000 && label < 34_000)))
    return 'These look like `instanceIds` of Cityscapes. `preset` "cityscapes" ignores its void, "cityscapes_classes" also reads them as classes.'
  // KITTI and Mapillary: class times 256 and the instance's number, which is small.
  if (areAll((label) => label >= 256 && label % 256 <= 20))
    return 'These look like class × 256 + instance, as of KITTI and Mapillary. `preset` "kitti" or "mapillary" ignores their void, "kitti_classes" or "mapillary_classes" also reads them as classes.'
  return undefined
}
