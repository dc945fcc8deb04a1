import { Refusal } from '../../problems/refusal.ts'

/** What the header of a MetaImage declares. */
export interface MetaImageHeader {
  /** Lengths of the axes, the fastest first: columns, rows, slices. */
  readonly sides: readonly number[]
  /** Values of each pixel, beside each other. */
  readonly channels: number
  /** `MET_UCHAR` and so on. */
  readonly elementType: string
  readonly bigEndian: boolean
  readonly compressed: boolean
  /** Bytes of the compressed elements, where the header says it. */
  readonly compressedBytes?: number
  /** Bytes before the elements in their file; −1: the elements are the end of it. */
  readonly skip: number
  /** Distance of neighbours along each axis. */
  readonly spacing?: readonly number[]
  /** Directions of the axes, one after another. */
  readonly directions?: readonly number[]
  /** Place of the first element. */
  readonly origin?: readonly number[]
  /** Where the header ends. */
  readonly dataStart: number
}

/** ITK writes some 400 bytes; private fields may stand among them. */
export const maxMetaImageHeaderBytes = 65_536
/** The last field of a header; the elements follow its line. */
const lastField = 'ElementDataFile'

/**
 * Reads the header of a MetaImage: lines of `key = value`, of which `ElementDataFile` is the last.
 * Source: docs.itk.org/en/latest/learn/metaio.html, "Reference: Tags of MetaImage".
 * @throws Refusal TRUNCATED, CORRUPT, UNSUPPORTED_PIXEL_FORMAT
 */
export function readMetaImageHeader(bytes: Uint8Array): MetaImageHeader {
  const { fields, dataStart } = fieldsOf(bytes)
  const needed = (key: string): string => {
    const value = fields.get(key)
    if (value === undefined) throw new Refusal('CORRUPT', `The MetaImage header has no field ${key}.`)
    return value
  }
  if (needed(lastField) !== 'LOCAL')
    throw unsupported(
      `has its pixels in another file (${needed(lastField).slice(0, 100)})`,
      'Put both files into one zip, or save the image as one `.mha`.',
    )
  if (fields.get('BinaryData') === 'False')
    throw unsupported('has its pixels as text', 'Save it with binary data (`BinaryData = True`).')
  const channels = integersOf('ElementNumberOfChannels', fields.get('ElementNumberOfChannels') ?? '1')[0]
  const sides = integersOf('DimSize', needed('DimSize'))
  if (`${sides.length}` !== needed('NDims'))
    throw new Refusal(
      'CORRUPT',
      `The MetaImage header says NDims = ${needed('NDims').slice(0, 20)} and gives ${sides.length} sizes.`,
    )
  const spacing = numbersOf(fields, ['ElementSpacing', 'ElementSize'], sides.length)
  const directions = numbersOf(fields, ['TransformMatrix', 'Rotation', 'Orientation'], sides.length ** 2)
  const origin = numbersOf(fields, ['Offset', 'Position', 'Origin'], sides.length)
  const size = fields.get('CompressedDataSize')
  return {
    sides,
    channels,
    elementType: needed('ElementType'),
    bigEndian: (fields.get('BinaryDataByteOrderMSB') ?? fields.get('ElementByteOrderMSB')) === 'True',
    compressed: fields.get('CompressedData') === 'True',
    ...(size !== undefined && { compressedBytes: integersOf('CompressedDataSize', size)[0] }),
    skip: skipOf(fields.get('HeaderSize')),
    ...(spacing && { spacing }),
    ...(directions && { directions }),
    ...(origin && { origin }),
    dataStart,
  }
}

function fieldsOf(bytes: Uint8Array): { fields: ReadonlyMap<string, string>; dataStart: number } {
  const fields = new Map<string, string>()
  const text = Buffer.from(
    bytes.buffer,
    bytes.byteOffset,
    Math.min(bytes.length, maxMetaImageHeaderBytes),
  ).toString('latin1')
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start)
    if (end < 0) break
    const line = text.slice(start, end).trim()
    const [, key, value] = /^(\w+)\s*=\s*(.*)$/.exec(line) ?? []
    if (key === undefined)
      throw new Refusal('CORRUPT', `The MetaImage header has a line without "=": "${line.slice(0, 60)}".`)
    if (fields.has(key)) throw new Refusal('CORRUPT', `The MetaImage header gives ${key} twice.`)
    fields.set(key, value)
    start = end + 1
    if (key === lastField) return { fields, dataStart: start }
  }
  throw new Refusal(
    'TRUNCATED',
    `The MetaImage ends, or goes on past ${maxMetaImageHeaderBytes} bytes, without a line ${lastField}.`,
  )
}

function integersOf(key: string, value: string): number[] {
  if (!/^\d{1,10}(\s+\d{1,10})*$/.test(value))
    throw new Refusal(
      'CORRUPT',
      `The MetaImage header gives ${key} = ${value.slice(0, 60)}, which is not a list of sizes.`,
    )
  return value.split(/\s+/).map(Number)
}

function skipOf(value = '0'): number {
  if (value === '-1') return -1
  return integersOf('HeaderSize', value)[0]
}

/**
 * The numbers of the first of some fields that is there.
 * @throws Refusal CORRUPT for another count of numbers, or what is no number
 */
function numbersOf(
  fields: ReadonlyMap<string, string>,
  keys: readonly string[],
  count: number,
): readonly number[] | undefined {
  const key = keys.find((candidate) => fields.has(candidate))
  if (key === undefined) return undefined
  const value = fields.get(key) ?? ''
  const numbers = value.split(/\s+/).map(Number)
  if (numbers.length !== count || !numbers.every(Number.isFinite))
    throw new Refusal(
      'CORRUPT',
      `The MetaImage header gives ${key} = ${value.slice(0, 60)}, which is not ${count} numbers.`,
    )
  return numbers
}

export const unsupported = (what: string, remedy: string) =>
  new Refusal('UNSUPPORTED_PIXEL_FORMAT', `The MetaImage ${what}.`).advising(remedy)
