import { Refusal } from '../../problems/refusal.ts'
import type { Entry, TiffFile } from './directory.ts'
import type { TiffPage } from './page.ts'
import { tags } from './tags.ts'

export const uncompressed = 1
/** Tiles may hold this many bytes together, however small the image is. */
const maxTileBytes = 32 * 2 ** 20
/** Each block is decoded on its own, which costs something however small it is. */
const maxBlocks = 2 ** 17

/** One strip or tile of a page. */
export interface Block {
  /** `Strip 1`, `Tile 1`, … */
  readonly name: string
  readonly start: number
  /** Bytes it takes in the file. */
  readonly length: number
  /** Bytes of its rows, uncompressed. */
  readonly minBytes: number
  /** The same when the last strip is as tall as the others: some writers pad it. */
  readonly maxBytes: number
}

/**
 * Checks that every strip or tile a page needs is there, non-empty and within the file. libtiff fills what is
 * missing with zeros, which are labels like any other.
 * @throws Refusal CORRUPT (also for tiles far larger than the image), TRUNCATED
 */
export function refuseMissingBlocks(file: TiffFile, page: TiffPage): void {
  for (const { name, start, length, minBytes } of blocksOf(file, page)) {
    if (start + length > file.length)
      throw new Refusal(
        'TRUNCATED',
        `${name} of the TIFF ends at byte ${start + length}, the file at byte ${file.length}.`,
      )
    if (length === 0 || start === 0) throw new Refusal('CORRUPT', `${name} of the TIFF is empty.`)
    if (page.compression === uncompressed && length < minBytes)
      throw new Refusal('CORRUPT', `${name} of the TIFF has ${length} of the ${minBytes} bytes of its rows.`)
  }
}

/** The blocks of a page in the order of the file's lists; one stored in planes has all of each plane in turn. */
export function* blocksOf(file: TiffFile, page: TiffPage): Generator<Block> {
  const { tiled, across, down, bytes, lastBytes } = gridOf(file, page)
  const needed = across * down * (page.planar ? page.samples : 1)
  const { offsets, counts } = blockLists(page)
  const kind = tiled ? 'Tile' : 'Strip'
  if (needed > maxBlocks)
    throw new Refusal(
      'CORRUPT',
      `The TIFF has ${needed} ${kind.toLowerCase()}s; at most ${maxBlocks} are read.`,
    )
  const listed = Math.min(offsets.count, counts?.count ?? needed)
  if (listed < needed)
    throw new Refusal(
      'CORRUPT',
      `The TIFF needs ${needed} ${kind.toLowerCase()}s for its size but lists ${listed}.`,
    )
  for (let i = 0; i < needed; i++) {
    const minBytes = i % down === down - 1 ? lastBytes : bytes
    yield {
      name: `${kind} ${i + 1}`,
      start: file.value(offsets, i) + page.shift,
      length: counts === undefined ? minBytes : file.value(counts, i),
      minBytes,
      maxBytes: bytes,
    }
  }
}

/** Strips or tiles that cover the page once; one stored in planes has as many for each sample. */
export function blocksOfPlane(file: TiffFile, page: TiffPage): number {
  const { across, down } = gridOf(file, page)
  return across * down
}

/**
 * The tags that say where the blocks of a page are and how many bytes they have. Old writers leave the second out where
 * nothing is compressed: the size of the rows says it.
 */
function blockLists({ directory: { entries }, compression }: TiffPage): {
  offsets: Entry
  counts: Entry | undefined
} {
  const tiled = entries.has(tags.tileWidth)
  // Some writers list tiles by the tags of strips.
  const offsets = (tiled && entries.get(tags.tileOffsets)) || entries.get(tags.stripOffsets)
  const counts = (tiled && entries.get(tags.tileByteCounts)) || entries.get(tags.stripByteCounts)
  if (offsets === undefined || (counts === undefined && compression !== uncompressed))
    throw new Refusal('CORRUPT', `The TIFF does not say where its ${tiled ? 'tiles' : 'strips'} are.`)
  return { offsets, counts }
}

/** How blocks cover a page, or one plane of it. */
interface Grid {
  readonly tiled: boolean
  /** Columns and rows of one block. */
  readonly width: number
  readonly height: number
  /** Blocks beside and below each other. */
  readonly across: number
  readonly down: number
  /** Bytes of one block, uncompressed, and of the last of a column. */
  readonly bytes: number
  readonly lastBytes: number
}

const bytesOf = (pixels: number, { planar, samples, bits }: TiffPage) =>
  Math.ceil((pixels * (planar ? 1 : samples) * bits) / 8)

export const gridOf = (file: TiffFile, page: TiffPage): Grid =>
  page.directory.entries.has(tags.tileWidth) ? tileGrid(file, page) : stripGrid(file, page)

function stripGrid(file: TiffFile, page: TiffPage): Grid {
  const entry = page.directory.entries.get(tags.rowsPerStrip)
  const rows = Math.min(entry === undefined ? page.height : file.value(entry, 0), page.height)
  if (rows === 0) throw new Refusal('CORRUPT', 'The TIFF gives 0 rows per strip.')
  const down = Math.ceil(page.height / rows)
  const row = bytesOf(page.width, page)
  return {
    tiled: false,
    width: page.width,
    height: rows,
    across: 1,
    down,
    bytes: row * rows,
    lastBytes: row * (page.height - rows * (down - 1)),
  }
}

function tileGrid(file: TiffFile, page: TiffPage): Grid {
  const { entries } = page.directory
  const [width, height] = [tags.tileWidth, tags.tileLength].map((tag) => {
    const entry = entries.get(tag)
    return entry === undefined ? 0 : file.value(entry, 0)
  })
  if (width === 0 || height === 0 || width % 16 !== 0 || height % 16 !== 0)
    throw new Refusal(
      'CORRUPT',
      `The TIFF has tiles of ${width} x ${height}; the sides of a tile are multiples of 16.`,
    )
  const tile = bytesOf(width, page) * height
  const [across, down] = [Math.ceil(page.width / width), Math.ceil(page.height / height)]
  if (tile * across * down > Math.max(maxTileBytes, 4 * bytesOf(page.width, page) * page.height))
    throw new Refusal(
      'CORRUPT',
      `The TIFF has tiles of ${width} x ${height}, far larger than its ${page.width} x ${page.height} pixels.`,
    )
  return { tiled: true, width, height, across, down, bytes: tile, lastBytes: tile }
}
