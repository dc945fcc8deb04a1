import type { Options } from '../reading/options.ts'

/** What `/v1/overlay` shares with `/v1/score`. */
const shared = [
  'binary',
  'resize',
  'ground_truth',
  'prediction',
  'ignore_labels',
  'ignore_prediction_labels',
  'border_tolerance',
  'min_segment_area',
  'min_prediction_area',
  'background',
  'log_base',
] as const

/**
 * The options of a scoring that an overlay takes. Labels are matched by their names: of several best renamings by shapes any
 * may be drawn, and test/http/overlay.test.ts holds what all of them have in common.
 */
export const overlayOptions = (options: Options): Options =>
  ({
    ...Object.fromEntries(Object.entries(options).filter(([key]) => shared.some((one) => one === key))),
    match: 'names',
  }) as never
