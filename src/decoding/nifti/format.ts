import type { MaskFormat } from '../mask-format.ts'

/** The size of the header, 348, which a NIfTI-1 begins with: a file that is cut within its header has no more. */
const sizeFirst = ['\x5c\x01\0\0', '\0\0\x01\x5c']

export const nifti: MaskFormat = {
  name: 'NIfTI',
  endings: ['nii', 'nii.gz'],
  marks: [`${'?'.repeat(344)}n+1\0`, `${'?'.repeat(344)}ni1\0`, '????n+2', '????ni2', ...sizeFirst],
  description:
    'NIfTI-1 and NIfTI-2, plain or gzipped (`.nii`, `.nii.gz`), both byte orders; `.hdr` and `.img` together in a zip. Columns are x, rows y, slices z; more than one slice is a volume. Distances are in millimetres, and where the voxels lie is compared on both sides (`geometry`). A file of several frames needs `frame`.',
  encodings: {
    'nifti1-uint8 (16, 32, 64; nifti2)': 'the stored value; of 64 bits when it fits 32',
    'nifti1-int8 (16, 32, 64; nifti2)': 'the stored value; a negative one with `negative`: "keep"',
    'nifti1-float32 (64; nifti2)': 'the stored value, an integer up to 2^24, or 2^32 - 1',
    'nifti1-…:scaled':
      '`scl_slope` times the stored value plus `scl_inter`, which must be an integer; see `scaling`',
  },
  options: ['negative', 'frame', 'scaling'],
  refused: [
    'several frames without `frame` (MULTI_PAGE); several values for each voxel (UNSUPPORTED_PIXEL_FORMAT)',
    'bits, complex numbers, colours, floats of 128 bits (UNSUPPORTED_PIXEL_FORMAT)',
    'fractions, NaN and infinity, also behind a scale (NON_INTEGER_LABEL)',
    'values beyond 32 bits (LABEL_OUT_OF_RANGE)',
    'a header alone (UNSUPPORTED_FORMAT); voxels that are missing or damaged (TRUNCATED, CORRUPT)',
  ],
}
