import { Refusal } from '../../problems.ts'
import type { Entry, TiffFile } from './directory.ts'
import { blockTags, type TiffPage, tags } from './page.ts'

/** Tiles up to this size are ordinary, however small the image. */
const ordinaryTileBytes = 32 * 2 ** 20

/**
 * Checks that every strip or tile a page needs is there, non-empty and within the file. libtiff fills what is
 * missing with zeros, which are labels like any other.
 * @throws Refusal CORRUPT (also for tiles far larger than the image), TRUNCATED
 */
export function refuseMissingBlocks(file: TiffFile, page: TiffPage): void {
  const { entries } = page.directory
  const { tiled, across, down, bytes } = gridOf(file, page)
  const needed = across * down * (page.planar ? page.samples : 1)
  const of = blockTags(page)
  const offsets = entries.get(of.offsets)
  const counts = entries.get(of.counts)
  const block = tiled ? 'Tile' : 'Strip'
  if (offsets === undefined || counts === undefined)
    throw new Refusal('CORRUPT', `The TIFF does not say where its ${block.toLowerCase()}s are.`)
  for (const { count } of [offsets, counts])
    if (count < needed)
      throw new Refusal(
        'CORRUPT',
        `The TIFF needs ${needed} ${block.toLowerCase()}s for its size but lists ${count}.`,
      )
  for (let i = 0; i < needed; i++)
    refuseMissingBlock(file, page, { offsets, counts, i, block, atLeast: bytes(i) })
}

/** Strips or tiles that cover the page once; one stored in planes has as many for each sample. */
export function blocksOfPlane(file: TiffFile, page: TiffPage): number {
  const { across, down } = gridOf(file, page)
  return across * down
}

interface Block {
  readonly offsets: Entry
  readonly counts: Entry
  readonly i: number
  readonly block: string
  /** Bytes of the block when nothing is compressed. */
  readonly atLeast: number
}

function refuseMissingBlock(
  file: TiffFile,
  { compression }: TiffPage,
  { offsets, counts, i, block, atLeast }: Block,
): void {
  const start = file.value(offsets, i)
  const length = file.value(counts, i)
  if (start + length > file.length)
    throw new Refusal(
      'TRUNCATED',
      `${block} ${i + 1} of the TIFF ends at byte ${start + length}, the file at byte ${file.length}.`,
    )
  if (length === 0 || start === 0) throw new Refusal('CORRUPT', `${block} ${i + 1} of the TIFF is empty.`)
  if (compression === 1 && length < atLeast)
    throw new Refusal(
      'CORRUPT',
      `${block} ${i + 1} of the TIFF has ${length} of the ${atLeast} bytes of its rows.`,
    )
}

interface Grid {
  readonly tiled: boolean
  readonly across: number
  readonly down: number
  /** Bytes of block `i`, uncompressed. */
  readonly bytes: (i: number) => number
}

const bytesOf = (pixels: number, { planar, samples, bits }: TiffPage) =>
  Math.ceil((pixels * (planar ? 1 : samples) * bits) / 8)

const gridOf = (file: TiffFile, page: TiffPage): Grid =>
  page.directory.entries.has(tags.tileWidth) ? tileGrid(file, page) : stripGrid(file, page)

function stripGrid(file: TiffFile, page: TiffPage): Grid {
  const entry = page.directory.entries.get(tags.rowsPerStrip)
  const rows = Math.min(entry === undefined ? page.height : file.value(entry, 0), page.height)
  if (rows === 0) throw new Refusal('CORRUPT', 'The TIFF gives 0 rows per strip.')
  const down = Math.ceil(page.height / rows)
  const row = bytesOf(page.width, page)
  const lastRows = page.height - rows * (down - 1)
  return { tiled: false, across: 1, down, bytes: (i) => row * (i % down === down - 1 ? lastRows : rows) }
}

function tileGrid(file: TiffFile, page: TiffPage): Grid {
  const { entries } = page.directory
  const [width, height] = [tags.tileWidth, tags.tileLength].map((tag) => {
    const entry = entries.get(tag)
    return entry === undefined ? 0 : file.value(entry, 0)
  })
  if (width === 0 || height === 0) throw new Refusal('CORRUPT', `The TIFF has tiles of ${width} x ${height}.`)
  const tile = bytesOf(width, page) * height
  if (tile > Math.max(ordinaryTileBytes, 4 * bytesOf(page.width, page) * page.height))
    throw new Refusal(
      'CORRUPT',
      `The TIFF has tiles of ${width} x ${height}, far larger than its ${page.width} x ${page.height} pixels.`,
    )
  return {
    tiled: true,
    across: Math.ceil(page.width / width),
    down: Math.ceil(page.height / height),
    bytes: () => tile,
  }
}
