import type { MaskFormat } from '../mask-format.ts'

export const npy: MaskFormat = {
  name: 'NPY',
  endings: ['npy'],
  marks: ['\x93NUMPY'],
  description:
    'NumPy arrays of shape (height, width), or (depth, height, width) with `stack`: "volume"; axes of length 1 beside these are left out, and one axis is a list of labels. Both byte orders, C and Fortran order.',
  encodings: {
    'npy-bool': 'false is 0, true is 1',
    'npy-uint8 (16, 32, 64)': 'the stored item; of 64 bits when it fits 32',
    'npy-int8 (16, 32, 64)': 'the stored item; a negative one with `negative`: "keep"',
    'npy-float16 (32, 64)': 'the stored item, an integer up to 2^11, or 2^24, or 2^32 - 1',
  },
  options: ['negative'],
  refused: [
    'other types, records and objects (UNSUPPORTED_PIXEL_FORMAT)',
    'fractions, NaN and infinity (NON_INTEGER_LABEL)',
    'values beyond 32 bits (LABEL_OUT_OF_RANGE)',
    'three axes, unless `stack` is "volume" (MULTI_PAGE); one plane per class is told how to become a mask',
  ],
}
