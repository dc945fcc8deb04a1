import type { PartRule } from '../../tasks/task.ts'

/** One part of a multipart body. */
interface CallPart {
  readonly rule: PartRule
  readonly description: string
}

export type CallParts = Readonly<Record<string, CallPart>>

const once = (description: string): CallPart => ({ rule: 'once', description })
const optional = (description: string): CallPart => ({ rule: 'optional', description })

const truth =
  'The mask that is true: a mask file (GET /v1/formats lists the formats) or what a labeling tool writes'
const sidecar = optional('The JSON that belongs to the mask, where the format has one beside a PNG of ids')
const options = optional('JSON text')

/** Two masks that are compared. */
export const pairParts: CallParts = {
  ground_truth: once(truth),
  prediction: once('The mask that is judged'),
  options,
  ground_truth_json: sidecar,
  prediction_json: sidecar,
}

/** The same, and a photo of them. */
export const overlayParts: CallParts = {
  ...pairParts,
  image: optional('A photo of the same size as the masks, to lie under the overlay'),
}

export const maskParts: CallParts = {
  mask: once('A mask file or what a labeling tool writes'),
  options,
  mask_json: sidecar,
}

/** Masks of several annotators. */
export const agreementParts: CallParts = {
  masks: {
    rule: 'many',
    description:
      '2 to 20 masks of one image; their file names are the annotators’ names; equal ones get numbers',
  },
  samples: {
    rule: 'many',
    description:
      '2 to 20 predictions of a model for the same image: whether they are spread as the masks are (`ged`)',
  },
  ground_truth: optional(truth),
  options,
}

/** A pair, or several masks. */
export const labelsParts: CallParts = {
  ground_truth: optional(truth),
  prediction: optional('The mask that is judged'),
  masks: { rule: 'many', description: 'Instead of a pair: 1 to 20 masks of one image' },
  options,
  ground_truth_json: sidecar,
  prediction_json: sidecar,
}
