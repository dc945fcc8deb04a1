import { z } from 'zod'
import { presetNames, presets } from './presets.ts'
import { readDefaults, readOptionsShape } from './read-options.ts'
import type { ReadFormat } from './sniff.ts'

type OptionKey = keyof typeof readDefaults

/** What GET /v1/formats answers: every mask format, how its labels are coded, and the options that decide. */
export const formatCatalogueSchema = z.strictObject({
  formats: z.array(
    z.strictObject({
      format: z.string(),
      description: z.string(),
      encodings: z.array(z.strictObject({ encoding: z.string(), label: z.string() })),
      options: z
        .record(z.string(), z.string())
        .describe('Options that matter to the format, with their defaults'),
      refused: z.array(z.string()).describe('What of the format is refused, with the code'),
    }),
  ),
  options: z.array(
    z.strictObject({ key: z.string(), default: z.string(), description: z.string(), example: z.string() }),
  ),
  presets: z.array(
    z.strictObject({
      preset: z.string(),
      description: z.string(),
      options: z.record(z.string(), z.string()),
      ignore_labels: z.array(z.int()),
      example: z.string(),
    }),
  ),
})

export type FormatCatalogue = z.infer<typeof formatCatalogueSchema>

interface Format {
  readonly description: string
  /** Encoding (`*` for bits or a part that varies) and what the label is. */
  readonly encodings: Readonly<Record<string, string>>
  readonly options: readonly OptionKey[]
  readonly refused: readonly string[]
}

const formats: Readonly<Record<ReadFormat, Format>> = {
  png: {
    description:
      'All colour types and depths, interlaced or not. Colour profiles, gamma, transparency tables and text never change a label.',
    encodings: {
      'png-grey8, png-grey16': 'the stored sample',
      'png-grey1-expanded (2, 4)': 'the grey value: samples scaled to 0..255',
      'png-grey1 (2, 4)': 'the stored sample, with `grey_bits`: "sample"',
      'png-greyalpha8 (16)': 'the grey sample',
      'png-palette-index8 (1, 2, 4)': 'the palette index',
      'png-palette-value8 (1, 2, 4)': 'the grey value of the colour, with `palette`: "value"',
      'png-rgb8:r=g=b (16, rgba)': 'the common value of three equal channels',
      'png-rgb8:r+256g+65536b (rgba)': 'the colour as a number, with `color`: "rgb24"',
      'png-rgb8:map (rgba; png-grey8:map; png-palette-map8)': 'what the map `color` gives the colour',
      'png-rgb8:voc (rgba; png-palette-voc8)': 'the class of a Pascal VOC colour, with `preset`: "voc"',
      'png-rgb8:floor(r/10)*256+g (rgba)': 'the ADE20K class, with `preset`: "ade20k"',
    },
    options: ['color', 'palette', 'grey_bits', 'alpha'],
    refused: [
      'animation (ANIMATED)',
      'an eXIf orientation other than 1 (ORIENTATION)',
      'a grey palette whose colours differ from their indices, unless `palette` decides (PALETTE_AMBIGUOUS)',
      'colours, unless `color` decides (COLOR_ENCODING_REQUIRED)',
      'colours of 16 bits a channel (UNSUPPORTED_PIXEL_FORMAT)',
      'rows that are missing, damaged or too many (TRUNCATED, CORRUPT)',
    ],
  },
  tiff: {
    description:
      'Strips or tiles, both byte orders, BigTIFF, chunky or planar; uncompressed, LZW, Deflate, PackBits, CCITT. Several pages with `stack`: "volume".',
    encodings: {
      'tiff-grey8, tiff-grey16': 'the stored sample',
      'tiff-grey1-expanded (2, 4)': 'the grey value: samples scaled to 0..255',
      'tiff-grey1 (2, 4)': 'the stored sample, with `grey_bits`: "sample"',
      'tiff-greyalpha8 (16)': 'the grey sample',
      'tiff-uint32': 'the stored sample',
      'tiff-int8 (16, 32)': 'the stored sample; a negative one with `negative`: "keep"',
      'tiff-float32': 'the stored sample, an integer up to 2^24',
      'tiff-palette-index8 (1, 2, 4, 16)': 'the palette index',
      'tiff-palette-value8 (1, 2, 4)': 'the grey value of the colour, with `palette`: "value"',
      'tiff-rgb8:… (16, rgba)': 'as in PNG',
    },
    options: ['color', 'palette', 'grey_bits', 'alpha', 'negative'],
    refused: [
      'several pages, unless `stack` is "volume" and they are alike (MULTI_PAGE)',
      'JPEG, JPEG 2000, WebP or LERC inside (LOSSY_FORMAT); Zstandard, LZMA, JBIG (UNSUPPORTED_COMPRESSION)',
      'CMYK, YCbCr, Lab, 64-bit samples, half floats (UNSUPPORTED_PIXEL_FORMAT)',
      '0 as white with more than 1 bit (AMBIGUOUS_PHOTOMETRIC)',
      'an orientation other than 1 (ORIENTATION)',
      'a strip or tile that is missing, empty or shorter than its rows, or whose Deflate checksum is wrong (TRUNCATED, CORRUPT)',
      'bytes whose bits are stored backwards, but for fax files (UNSUPPORTED_PIXEL_FORMAT)',
    ],
  },
  webp: {
    description: 'Lossless WebP. It has no grey, so a grey mask is one of three equal channels.',
    encodings: { 'webp-rgb8:… (rgba)': 'as in PNG' },
    options: ['color', 'alpha'],
    refused: [
      'lossy WebP (LOSSY_FORMAT)',
      'animation (ANIMATED)',
      'an Exif orientation other than 1 (ORIENTATION)',
    ],
  },
  npy: {
    description:
      'NumPy arrays of shape (height, width), or (depth, height, width) with `stack`: "volume". Both byte orders, C and Fortran order.',
    encodings: {
      'npy-bool': 'false is 0, true is 1',
      'npy-uint8 (16, 32, 64)': 'the stored item; of 64 bits when it fits 32',
      'npy-int8 (16, 32, 64)': 'the stored item; a negative one with `negative`: "keep"',
      'npy-float32, npy-float64': 'the stored item, an integer up to 2^24, or 2^32 - 1',
    },
    options: ['negative'],
    refused: [
      'other types, records and objects (UNSUPPORTED_PIXEL_FORMAT)',
      'fractions, NaN and infinity (NON_INTEGER_LABEL)',
      'values beyond 32 bits (LABEL_OUT_OF_RANGE)',
      'three axes, unless `stack` is "volume" (MULTI_PAGE)',
    ],
  },
}

const optionExamples: Readonly<Record<OptionKey, unknown>> = {
  color: { '#000000': 0, '#800000': 1 },
  palette: 'index',
  grey_bits: 'sample',
  alpha: 'ignore',
  negative: 'keep',
}

export const formatCatalogue: FormatCatalogue = {
  formats: Object.entries(formats).map(([format, { description, encodings, options, refused }]) => ({
    format,
    description,
    encodings: Object.entries(encodings).map(([encoding, label]) => ({ encoding, label })),
    options: Object.fromEntries(options.map((key) => [key, readDefaults[key]])),
    refused: [...refused],
  })),
  options: (Object.keys(readDefaults) as OptionKey[]).map((key) => ({
    key,
    default: readDefaults[key],
    description: readOptionsShape[key].description ?? '',
    example: JSON.stringify({ [key]: optionExamples[key] }),
  })),
  presets: presetNames.map((name) => {
    const { description, read, ignoreLabels, example } = presets[name]
    const { palette, greyBits, alpha, negative } = read
    // The codings that only a preset has are told by its description.
    const color = read.color === 'rgb24' ? read.color : undefined
    const all = { color, palette, grey_bits: greyBits, alpha, negative }
    return {
      preset: name,
      description,
      options: Object.fromEntries(Object.entries(all).filter((entry) => entry[1] !== undefined)) as Record<
        string,
        string
      >,
      ignore_labels: [...ignoreLabels],
      example,
    }
  }),
}
