import { blocksOf, blocksOfPlane, gridOf } from './blocks.ts'
import type { TiffFile } from './directory.ts'
import type { TiffPage } from './page.ts'
import { photometrics, sampleFormats, tags } from './tags.ts'

/**
 * What of a page the decoder is shown: its samples as they are stored; those of one channel of a page that stores each
 * channel in blocks of its own; or every byte of the rows of either as a sample, for types that the decoder does not read.
 */
export type View = 'samples' | 'bytes' | { readonly plane: number; readonly bytes?: true }

/** A tag of a directory and its values. */
export interface Field {
  readonly tag: number
  readonly type: number
  readonly values: readonly number[]
}

export const fieldTypes = { short: 3, long: 4, long8: 16 } as const
/** The ExtraSamples value of alpha that colours have not been multiplied by. */
const unassociatedAlpha = 2

/**
 * The directory by which a page is decoded, in the order of tags: where samples are and how they are compressed, and
 * nothing that makes a decoder interpret them, warn or refuse. Palettes are grey, so samples are the indices; alpha is
 * unassociated, so nothing is divided by it; signed samples of 8 and 16 bits are unsigned, so nothing is clipped at 0;
 * texts, dates and places are left out.
 */
export function plainFields(file: TiffFile, page: TiffPage, view: View): readonly Field[] {
  const grid = gridOf(file, page)
  const { bits, samples, format, photometric } = shownAs(page, view)
  const scale = page.bits / bits
  const alphas = samples - (photometric === photometrics.rgb ? 3 : 1)
  const fields = [
    // Tiles reach beyond the image, and there lie bytes of its pixels when a predictor has put them apart.
    longs(tags.imageWidth, scale === 1 ? page.width : grid.across * grid.width * scale),
    longs(tags.imageLength, page.height),
    shorts(tags.bitsPerSample, ...Array<number>(samples).fill(bits)),
    shorts(tags.compression, page.compression),
    shorts(tags.photometric, photometric),
    shorts(tags.fillOrder, page.fillOrder),
    shorts(tags.samplesPerPixel, samples),
    shorts(tags.sampleFormat, ...Array<number>(samples).fill(format)),
    shorts(tags.extraSamples, ...Array<number>(alphas).fill(unassociatedAlpha)),
    ...(grid.tiled
      ? [longs(tags.tileWidth, grid.width * scale), longs(tags.tileLength, grid.height)]
      : [longs(tags.rowsPerStrip, grid.height)]),
    ...copiedTags.map((tag) => longs(tag, ...valueOfTag(file, page, tag))),
    ...(showsBytes(view) ? [] : [longs(tags.predictor, ...valueOfTag(file, page, tags.predictor))]),
    ...blockFields(file, page, view, grid.tiled),
  ]
  return fields.filter(({ values }) => values.length > 0).sort((a, b) => a.tag - b.tag)
}

/** How the bits of a fax are coded. */
const copiedTags = [tags.t4Options, tags.t6Options]

const shorts = (tag: number, ...values: number[]): Field => ({ tag, type: fieldTypes.short, values })
const longs = (tag: number, ...values: number[]): Field => ({ tag, type: fieldTypes.long, values })

const valueOfTag = (file: TiffFile, { directory }: TiffPage, tag: number): number[] => {
  const entry = directory.entries.get(tag)
  return entry === undefined ? [] : [file.value(entry, 0)]
}

const showsBytes = (view: View): boolean =>
  view === 'bytes' || (typeof view === 'object' && view.bytes === true)

interface Shown {
  readonly bits: number
  readonly samples: number
  readonly format: number
  readonly photometric: number
}

function shownAs(page: TiffPage, view: View): Shown {
  const grey = { samples: 1, format: sampleFormats.unsigned, photometric: photometrics.minIsBlack }
  if (showsBytes(view)) return { ...grey, bits: 8 }
  const { bits, samples, sampleFormat, photometric } = page
  if (view !== 'samples') return { ...grey, bits }
  return {
    bits,
    samples,
    format: sampleFormat === sampleFormats.signed && bits <= 16 ? sampleFormats.unsigned : sampleFormat,
    photometric: photometric === photometrics.palette ? photometrics.minIsBlack : photometric,
  }
}

/** Where the blocks are, and how long. */
function blockFields(file: TiffFile, page: TiffPage, view: View, tiled: boolean): Field[] {
  const count = blocksOfPlane(file, page)
  const first = typeof view === 'object' ? view.plane * count : 0
  const blocks = [...blocksOf(file, page)].slice(first, first + count)
  const type = file.flavour.big ? fieldTypes.long8 : fieldTypes.long
  const [offsetTag, countTag] = tiled
    ? [tags.tileOffsets, tags.tileByteCounts]
    : [tags.stripOffsets, tags.stripByteCounts]
  return [
    { tag: offsetTag, type, values: blocks.map(({ start }) => start) },
    { tag: countTag, type, values: blocks.map(({ length }) => length) },
  ]
}
