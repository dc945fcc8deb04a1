import { datasetProblems } from './dataset-problems.ts'
import { problem } from './problem.ts'

/**
 * Every refusal of the service: a stable code, its HTTP status, a title, and what the caller can do about it.
 * Knows no HTTP framework; the docs page and the OpenAPI responses are generated from it.
 */
export const problems = {
  MALFORMED_REQUEST: problem(
    400,
    'The request is not valid HTTP',
    'Send the request with a usual HTTP client; check its address and headers.',
  ),
  MALFORMED_MULTIPART: problem(
    400,
    'The multipart body cannot be read',
    'Send multipart/form-data as `curl -F` does, with a boundary and complete parts.',
  ),
  MALFORMED_JSON: problem(
    400,
    'The JSON cannot be read',
    'Send one JSON document in UTF-8, its texts in double quotes; check it with a JSON validator.',
  ),
  INVALID_OPTIONS: problem(
    400,
    'An option is unknown or has a value it cannot take',
    'See the errors for the keys concerned, and /docs for all options.',
  ),
  MISSING_PART: problem(
    400,
    'A part of the request is missing',
    'Send the part (or JSON key) that the detail names; /docs lists those of every call.',
  ),
  UNEXPECTED_PART: problem(
    400,
    'The request has a part that is not known, or has one twice',
    'Send each named part once; /docs lists the parts of every call.',
  ),
  EMPTY_INPUT: problem(400, 'The file is empty', 'Upload a file that holds a mask.'),
  UNAUTHENTICATED: problem(
    401,
    'A key is needed',
    'Send `Authorization: Bearer <key>` with a key the operator gave you.',
  ),
  FORBIDDEN: problem(
    403,
    'The key or signature is not accepted',
    'Check the key or secret with the operator.',
  ),
  NOT_FOUND: problem(404, 'There is nothing at this address', 'See / for what this service offers.'),
  METHOD_NOT_ALLOWED: problem(
    405,
    'This address does not take that method',
    'Use the method named in the Allow header.',
  ),
  RECEIVE_TIMEOUT: problem(
    408,
    'The request took too long to arrive',
    'Send the body faster, or ask the operator for a longer receive timeout.',
  ),
  TOO_MANY_MASKS: problem(
    413,
    'There are more masks than one call compares',
    'Compare the annotators in groups, and put one of them into every group.',
  ),
  INPUT_TOO_LARGE: problem(
    413,
    'The upload is too large',
    'Send a smaller file (masks compress well as PNG), or ask the operator for a higher limit.',
  ),
  IMAGE_TOO_LARGE: problem(
    413,
    'The image has too many pixels',
    'Crop or tile the mask, or ask the operator for a higher limit.',
  ),
  TOO_MANY_LABELS: problem(
    413,
    'The masks hold too many labels or label pairs',
    'Check that the file is a mask and not a photo; else ask the operator for a higher limit.',
  ),
  UNSUPPORTED_MEDIA_TYPE: problem(
    415,
    'The body is of a type this call does not take',
    'Send multipart/form-data or application/json.',
  ),
  UNSUPPORTED_FORMAT: problem(
    415,
    'The file is of a format that is not read',
    'Save the mask as PNG; GET /v1/formats lists every format that is read.',
  ),
  LOSSY_FORMAT: problem(
    415,
    'The file is of a format that changes pixel values',
    'A lossy file no longer holds the labels: export the mask again as PNG.',
  ),
  UNSUPPORTED_COMPRESSION: problem(
    415,
    'The file is compressed by a method that is not read',
    'Save the TIFF uncompressed or with LZW or Deflate.',
  ),
  UNSUPPORTED_PIXEL_FORMAT: problem(
    415,
    'The pixels are of a type that cannot be labels',
    'Save the labels as unsigned 8-, 16- or 32-bit integers.',
  ),
  SIZE_MISMATCH: problem(
    422,
    'The two masks differ in size',
    'Score masks of one size, or set `resize` to "nearest" to resize the prediction.',
  ),
  GEOMETRY_MISMATCH: problem(
    422,
    'The two masks lie at different places',
    'Resample one of them to the grid of the other; or set `geometry` to "ignore" to compare voxels as they are stored.',
  ),
  OVERLAPPING_SEGMENTS: problem(
    422,
    'Segments overlap, and a label map has one label for each voxel',
    'Set `layer` of this side to score one layer of the file.',
  ),
  TRUNCATED: problem(422, 'The file ends before its content does', 'Upload the whole file again.'),
  CORRUPT: problem(
    422,
    'The file is damaged',
    'Export or upload the file again; a checksum or a structure in it is wrong.',
  ),
  ANIMATED: problem(422, 'The file holds an animation', 'Send one still image.'),
  MULTI_PAGE: problem(
    422,
    'The file holds several pages or slices',
    'Send one page, or set `stack` to "volume" to score all of them as one volume.',
  ),
  ORIENTATION: problem(
    422,
    'The file asks to be rotated or mirrored',
    'Save the mask without an orientation tag, pixels as they are meant.',
  ),
  AMBIGUOUS_PHOTOMETRIC: problem(
    422,
    'It is not certain what the stored values mean',
    'Save the TIFF with PhotometricInterpretation 1 (MinIsBlack).',
  ),
  PALETTE_AMBIGUOUS: problem(
    422,
    'The label may be the palette index or the grey value',
    'Set `palette` to "index" or "value" for this mask.',
  ),
  COLOR_ENCODING_REQUIRED: problem(
    422,
    'The mask is in colour and how colours mean labels was not said',
    'Set `color` to "rgb24" or to a map {"#rrggbb": label} for this mask.',
  ),
  COLOR_NOT_IN_MAP: problem(
    422,
    'A colour is not in the colour map',
    'Add the colour to `color`; the detail names it and where it is.',
  ),
  ALPHA_NOT_OPAQUE: problem(
    422,
    'The mask has transparent pixels',
    'Save it without alpha, or set `alpha` to "ignore" to read the labels under it.',
  ),
  NEGATIVE_LABEL: problem(
    422,
    'The mask holds negative labels',
    'Set `negative` to "keep" to take them as ordinary labels.',
  ),
  NON_INTEGER_LABEL: problem(
    422,
    'The mask holds values that are not integers',
    'Save the labels as integers. For probabilities set `probabilities` to {} in the options of this side.',
  ),
  NOT_PROBABILITIES: problem(
    422,
    'The values are no probabilities',
    'Send probabilities from 0 to 1 that sum to 1 for each pixel, or say in `probabilities` what they are: `activation`, `independent`, `normalize`.',
  ),
  CHANNELS_AMBIGUOUS: problem(
    422,
    'It is not certain which axis holds the channels',
    'Set `probabilities.layout` to "chw" or "hwc" (volumes "cdhw" or "dhwc").',
  ),
  CLASS_COUNT_MISMATCH: problem(
    422,
    'The labels of a mask and the channels of a probability map differ',
    'Name the label of each channel in `probabilities.labels`, and void in `ignore_labels`.',
  ),
  LABEL_OUT_OF_RANGE: problem(
    422,
    'A label is outside of the range that is exact',
    'Use labels from 0 to 4294967295 (or int32 with `negative`: "keep").',
  ),
  INVALID_ANNOTATION: problem(
    422,
    'The annotation does not follow its format',
    'See the errors for the place, and mend it there or export the annotation again.',
  ),
  RATE_LIMITED: problem(429, 'Too many requests from this client', 'Wait as long as Retry-After says.'),
  CLIENT_GONE: problem(
    499,
    'The client closed the connection',
    'It stands only in the log: nobody is there to read an answer.',
  ),
  INTERNAL: problem(500, 'The service failed', 'Try again; if it persists, report the request id.'),
  DECODER_MISMATCH: problem(
    500,
    'The decoder and the header of the file disagree',
    'Please report the file: this is a fault of the service.',
  ),
  TOOL_UNREACHABLE: problem(
    502,
    'The labeling tool does not answer',
    'Check that the configured address leads to the tool from here; send the event again.',
  ),
  TOOL_REFUSED: problem(
    502,
    'The labeling tool did not accept a call back',
    'Check the configured token, what it may see, and whether the tool still has the thing in question.',
  ),
  TOOL_ANSWER: problem(
    502,
    'The labeling tool answered something unexpected',
    'Check that the configured address is that of the tool’s own API: no redirect, no page to sign in.',
  ),
  QUEUE_FULL: problem(503, 'The queue is full', 'Try again after Retry-After.'),
  OVERLOADED: problem(503, 'The service is overloaded', 'Try again after Retry-After.'),
  DRAINING: problem(
    503,
    'The service is shutting down',
    'Try again after Retry-After; another instance will answer.',
  ),
  TIMED_OUT: problem(503, 'The request took too long', 'Try again after Retry-After, or send smaller masks.'),
  ...datasetProblems,
} as const

export type ProblemCode = keyof typeof problems
