import type { ProblemCode } from '../../problems/catalogue.ts'

/** Problems that a table can have. */
export const tableRefusals = [
  'INVALID_OPTIONS',
  'MISSING_PART',
  'UNEXPECTED_PART',
  'TOO_MANY_LABELS',
  'LABEL_OUT_OF_RANGE',
  'INVALID_ANNOTATION',
] as const satisfies readonly ProblemCode[]

/** Problems that masks can have. */
export const maskRefusals = [
  ...tableRefusals,
  'EMPTY_INPUT',
  'IMAGE_TOO_LARGE',
  'UNSUPPORTED_FORMAT',
  'LOSSY_FORMAT',
  'UNSUPPORTED_COMPRESSION',
  'UNSUPPORTED_PIXEL_FORMAT',
  'SIZE_MISMATCH',
  'GEOMETRY_MISMATCH',
  'OVERLAPPING_SEGMENTS',
  'TRUNCATED',
  'CORRUPT',
  'ANIMATED',
  'MULTI_PAGE',
  'ORIENTATION',
  'AMBIGUOUS_PHOTOMETRIC',
  'PALETTE_AMBIGUOUS',
  'COLOR_ENCODING_REQUIRED',
  'COLOR_NOT_IN_MAP',
  'ALPHA_NOT_OPAQUE',
  'NEGATIVE_LABEL',
  'NON_INTEGER_LABEL',
  'NOT_PROBABILITIES',
  'CHANNELS_AMBIGUOUS',
  'CLASS_COUNT_MISMATCH',
  'DECODER_MISMATCH',
] as const satisfies readonly ProblemCode[]
