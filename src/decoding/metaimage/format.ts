import type { MaskFormat } from '../mask-format.ts'

export const metaImage: MaskFormat = {
  name: 'MetaImage',
  endings: ['mha'],
  marks: ['ObjectType = Image'],
  description:
    'MetaImage (`.mha`) of two axes, or of three, which are a volume; raw or compressed, both byte orders. Distances are in millimetres, and where the voxels of a volume lie is compared on both sides (`geometry`). `.mhd` and its data together in a zip.',
  encodings: {
    'mha-uint8 (16, 32, 64)': 'the stored element; of 64 bits when it fits 32',
    'mha-int8 (16, 32, 64)': 'the stored element; a negative one with `negative`: "keep"',
    'mha-float32 (64)': 'the stored element, an integer up to 2^24, or 2^32 - 1',
  },
  options: ['negative'],
  refused: [
    'pixels in another file that is not there, text, several channels, other than two or three axes (UNSUPPORTED_PIXEL_FORMAT)',
    'fractions, NaN and infinity (NON_INTEGER_LABEL)',
    'values beyond 32 bits (LABEL_OUT_OF_RANGE)',
    'elements that are missing or damaged (TRUNCATED, CORRUPT)',
  ],
}
