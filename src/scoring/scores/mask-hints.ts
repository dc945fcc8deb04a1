import { maskFormats } from '../../decoding/mask-formats.ts'

/** What the hints depend on. */
export interface Seen {
  readonly encoding: string
  /** Distinct labels, ascending. */
  readonly labels: readonly number[]
  readonly preset: string | undefined
  readonly binary: boolean
}

/**
 * Guesses what a file is, and names the option that may fit it better, in a sentence or two each. There are none for a
 * file that is read by a preset or as binary: the caller has decided.
 */
export function inspectionHints({ encoding, labels, preset, binary }: Seen): string[] {
  const [format] = encoding.split('-', 1)
  if (!Object.hasOwn(maskFormats, format) || preset !== undefined || binary) return []
  const packed = /grey16|uint16|int(32|64)/.test(encoding) ? packedClasses(labels) : undefined
  return [
    ...(encoding.endsWith('-expanded') ? [expanded(encoding)] : []),
    ...(labels.length === 2 && labels[0] === 0 && labels[1] === 255
      ? [
          'Its labels are 0 and 255, as of a binary mask. With `binary`: true it compares to masks of 0 and 1.',
        ]
      : []),
    ...(packed === undefined ? [] : [packed]),
    ...(holdsVoid(labels) ? [voidHint(encoding, labels)] : []),
  ]
}

const expanded = (encoding: string) =>
  `Samples of ${/\d+/.exec(encoding)?.[0]} bits were read as the greys 0..255 they stand for. If the samples are the labels, set \`grey_bits\` to "sample".`

/** Whether 255 is there and all other labels are much smaller. */
const holdsVoid = (labels: readonly number[]) =>
  labels.length > 2 && labels.at(-1) === 255 && labels.at(-2)! < 200

function voidHint(encoding: string, labels: readonly number[]): string {
  const voc = encoding.includes('palette') && labels.at(-2)! <= 20
  return voc
    ? 'A palette of classes up to 20, and 255: this may be Pascal VOC. `preset` "voc" ignores its void, 255.'
    : 'The label 255 stands apart from the others. If it means void, name it in `ignore_labels`.'
}

/** The hint for values that may hold a class and an instance. */
function packedClasses(labels: readonly number[]): string | undefined {
  const positive = labels.filter((label) => label > 0)
  if (positive.length === 0 || positive.at(-1)! < 256 || positive.at(-1)! > 65_535) return undefined
  // Cityscapes: ids up to 33 as they are; ids 24 to 33, which have instances, times 1000 and the instance's number.
  const cityscapes = positive.every((label) => label <= 33 || (label >= 24_000 && label < 34_000))
  if (cityscapes)
    return 'These look like `instanceIds` of Cityscapes. `preset` "cityscapes" ignores its void, "cityscapes_classes" also reads them as classes.'
  // KITTI and Mapillary: class times 256 and the instance's number, which is small.
  if (positive.every((label) => label >= 256 && label % 256 <= 20))
    return 'These look like class × 256 + instance, as of KITTI and Mapillary. `preset` "kitti" or "mapillary" ignores their void, "kitti_classes" or "mapillary_classes" also reads them as classes.'
  return undefined
}
