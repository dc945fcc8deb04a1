import { formatNames } from '../../annotations/formats/catalogue.ts'
import { listOfFormats } from '../../decoding/mask-formats.ts'
import { maxLabel, minLabel } from '../../labels/label-range.ts'

const label = { type: 'integer', minimum: minLabel, maximum: maxLabel }

const arrayOf = (items: object) => ({ type: 'array', minItems: 1, items })

/** The kinds of `Mask` for the OpenAPI document, as JSON Schema. What is inside `data` is checked by its reader. */
export const maskKinds = [
  {
    title: 'File',
    properties: {
      format: { const: 'image' },
      data: {
        type: 'string',
        contentEncoding: 'base64',
        description: `base64 of a ${listOfFormats} file`,
      },
    },
  },
  {
    title: 'Labels',
    properties: {
      format: { const: 'labels' },
      data: {
        description:
          'A label image as rows of equal length, a volume as slices of rows, or a clustering of n items',
        anyOf: [arrayOf(arrayOf(label)), arrayOf(arrayOf(arrayOf(label))), arrayOf(label)],
      },
    },
  },
  {
    title: 'Probabilities',
    properties: {
      format: { const: 'probabilities' },
      data: {
        description:
          'Probabilities of the foreground as rows of equal length, or such rows for each channel; the options of the side say more in `probabilities`. At most 100,000 numbers',
        anyOf: [arrayOf(arrayOf({ type: 'number' })), arrayOf(arrayOf(arrayOf({ type: 'number' })))],
      },
    },
  },
  {
    title: 'Annotation',
    properties: {
      format: { enum: [...formatNames] },
      data: { description: 'What the labeling tool writes; GET /v1/formats says it for each format' },
    },
  },
]
