import { blockLists, blocksOfPlane } from './blocks.ts'
import type { Entry, TiffFile } from './directory.ts'
import { photometrics, sampleFormats, type TiffPage, tags } from './page.ts'

const types = { short: 3, long: 4, long8: 16 } as const

/**
 * The file with a page of its own for one sample of a page that stores each sample in blocks of its own: the bytes as
 * they are, and behind them a directory that names the blocks of that plane alone. The decoder reads planes together
 * only in strips, and those of grey with alpha wrongly.
 */
export function withOnlyPlane(bytes: Uint8Array, file: TiffFile, page: TiffPage, plane: number): Uint8Array {
  const { little, big } = file.flavour
  const { entries } = page.directory
  const { offsets, counts } = blockLists(page)
  const blocks = blocksOfPlane(file, page)
  const ofPlane = (list: Entry) => ({
    tag: list.tag,
    type: big ? types.long8 : types.long,
    values: Array.from({ length: blocks }, (_, i) => file.value(list, plane * blocks + i)),
  })
  const single = [
    ...[tags.imageWidth, tags.imageLength, tags.compression, tags.rowsPerStrip, tags.predictor],
    ...[tags.tileWidth, tags.tileLength],
  ].flatMap((tag) => {
    const entry = entries.get(tag)
    return entry === undefined ? [] : [{ tag, type: types.long, values: [file.value(entry, 0)] }]
  })
  const fields = [
    ...single,
    { tag: tags.bitsPerSample, type: types.short, values: [page.bits] },
    { tag: tags.photometric, type: types.short, values: [photometrics.minIsBlack] },
    { tag: tags.sampleFormat, type: types.short, values: [sampleFormats.unsigned] },
    ofPlane(offsets),
    ofPlane(counts),
  ].sort((a, b) => a.tag - b.tag)
  const [countBytes, entryBytes, wordBytes] = big ? [8, 20, 8] : [2, 12, 4]
  // Directories start at even offsets.
  const start = bytes.length + (bytes.length & 1)
  const valuesAt = start + countBytes + fields.length * entryBytes + wordBytes
  const copy = new Uint8Array(valuesAt + 2 * blocks * wordBytes)
  copy.set(bytes)
  const view = new DataView(copy.buffer)
  const put = (at: number, value: number, size: number): void => {
    if (size === 2) view.setUint16(at, value, little)
    else if (size === 4) view.setUint32(at, value, little)
    else view.setBigUint64(at, BigInt(value), little)
  }
  put(file.firstAt, start, wordBytes)
  put(start, fields.length, countBytes)
  let free = valuesAt
  fields.forEach(({ tag, type, values }, i) => {
    const at = start + countBytes + i * entryBytes
    put(at, tag, 2)
    put(at + 2, type, 2)
    put(at + 4, values.length, wordBytes)
    const size = type === types.short ? 2 : type === types.long ? 4 : 8
    const inline = values.length === 1
    if (!inline) put(at + 4 + wordBytes, free, wordBytes)
    values.forEach((value, k) => {
      put((inline ? at + 4 + wordBytes : free) + k * size, value, size)
    })
    if (!inline) free += values.length * size
  })
  return copy
}
