import type { MaskFormat } from '../mask-format.ts'

export const tiff: MaskFormat = {
  name: 'TIFF',
  endings: ['tif', 'tiff'],
  marks: ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'],
  description:
    'Strips or tiles, both byte orders, BigTIFF, chunky or planar; uncompressed, LZW, Deflate, PackBits, CCITT. Several pages with `stack`: "volume"; of channels and points in time, as ImageJ, OME and tifffile describe them, `channel` and `frame` name one. Also the stacks of ImageJ, tifffile and MetaMorph that have one directory. Overviews and validity masks are left out; tags that say nothing of the samples are never looked at.',
  encodings: {
    'tiff-grey8, tiff-grey16': 'the stored sample',
    'tiff-grey1-expanded (2, 4)': 'the grey value: samples scaled to 0..255',
    'tiff-grey1 (2, 4)': 'the stored sample, with `grey_bits`: "sample"',
    'tiff-greyalpha8 (16)': 'the grey sample',
    'tiff-uint32 (64)': 'the stored sample; of 64 bits when it fits 32',
    'tiff-int8 (16, 32, 64)': 'the stored sample; a negative one with `negative`: "keep"',
    'tiff-float32 (16, 64)': 'the stored sample, an integer up to 2^24, or 2^11, or 2^32 - 1',
    'tiff-palette-index8 (1, 2, 4, 16)': 'the palette index',
    'tiff-palette-value8 (1, 2, 4)': 'the grey value of the colour, with `palette`: "value"',
    'tiff-rgb8:… (16, rgba)': 'as in PNG',
  },
  options: ['color', 'channel', 'palette', 'grey_bits', 'alpha', 'negative', 'frame'],
  refused: [
    'several pages, unless `stack` is "volume" and they are alike; several channels, or several points in time beside slices, without `channel` and `frame` (MULTI_PAGE)',
    'JPEG, JPEG 2000, WebP or LERC inside (LOSSY_FORMAT); Zstandard, LZMA, JBIG (UNSUPPORTED_COMPRESSION)',
    'CMYK, YCbCr, Lab, one plane per class (UNSUPPORTED_PIXEL_FORMAT)',
    '0 as white with more than 1 bit (AMBIGUOUS_PHOTOMETRIC)',
    'an orientation other than 1 (ORIENTATION)',
    'a strip or tile that is missing, empty or shorter than its rows, or whose Deflate checksum is wrong (TRUNCATED, CORRUPT)',
    'bytes whose bits are stored backwards, but for fax files (UNSUPPORTED_PIXEL_FORMAT)',
  ],
}
