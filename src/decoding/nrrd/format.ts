import type { MaskFormat } from '../mask-format.ts'

export const nrrd: MaskFormat = {
  name: 'NRRD',
  endings: ['nrrd'],
  marks: ['NRRD000'],
  description:
    'NRRD of the encodings raw and gzip, raw also gzipped as a whole, both byte orders, of two or three axes in space; `.nhdr` and its data together in a zip. Segmentations of 3D Slicer (`.seg.nrrd`) bring the names of their labels; where segments overlap, `layer` names one layer. Distances are in millimetres, and where the voxels lie is compared on both sides (`geometry`).',
  encodings: {
    'nrrd-uint8 (16, 32, 64)': 'the stored value; of 64 bits when it fits 32',
    'nrrd-int8 (16, 32, 64)': 'the stored value; a negative one with `negative`: "keep"',
    'nrrd-float32 (64)': 'the stored value, an integer up to 2^24, or 2^32 - 1',
  },
  options: ['negative', 'layer', 'frame', 'scaling'],
  refused: [
    'segments that overlap, without `layer` (OVERLAPPING_SEGMENTS); several values for each voxel, or several frames (MULTI_PAGE)',
    'the encodings ascii, hex and bzip2 (UNSUPPORTED_COMPRESSION)',
    'values in another file that is not there (UNSUPPORTED_FORMAT)',
    'fractional labelmaps, blocks, other than two or three axes in space (UNSUPPORTED_PIXEL_FORMAT)',
    'fractions, NaN and infinity (NON_INTEGER_LABEL); values beyond 32 bits (LABEL_OUT_OF_RANGE)',
    'values that are missing or damaged (TRUNCATED, CORRUPT)',
  ],
}
