import type { DecodedMask } from '../../labels/decoded-mask.ts'
import type { LabelArray } from '../../labels/label-map.ts'
import { maxLabel, minLabel } from '../../labels/label-range.ts'
import type { Limits } from '../../limits.ts'
import { refuseField } from '../../problems/refusal.ts'
import { rowsOf } from './nested-rows.ts'

/**
 * JSON labels → mask: an array of integers is a clustering of n items (n × 1), an array of equally long
 * rows a label image, an array of such images a volume. Labels from -2^31 to 2^32 - 1; negative ones only when
 * `negative` is "keep".
 * @throws Refusal INVALID_ANNOTATION, EMPTY_INPUT, IMAGE_TOO_LARGE, NON_INTEGER_LABEL, NEGATIVE_LABEL,
 *   LABEL_OUT_OF_RANGE
 */
export function readLabelRows(data: unknown, negative: 'reject' | 'keep', limits: Limits): DecodedMask {
  const { sides, rows, pointerOf } = rowsOf(data)
  const [width, height = 1, depth = 1] = sides.toReversed()
  const pixels = width * height * depth
  if (pixels > limits.maxPixels)
    throw refuseField(
      'IMAGE_TOO_LARGE',
      '/data',
      `The mask has ${pixels} pixels; the limit is ${limits.maxPixels}.`,
    )
  const values = new Float64Array(pixels)
  let min = 0
  let max = 0
  let at = 0
  for (let y = 0; y < rows.length; y++)
    for (let x = 0; x < width; x++) {
      const value = rows[y][x]
      if (!isInteger(value))
        throw refuseField(
          'NON_INTEGER_LABEL',
          `${pointerOf(y)}/${x}`,
          `The value ${JSON.stringify(value)?.slice(0, 40)} is not an integer.`,
        )
      if (value < min) min = value
      if (value > max) max = value
      values[at++] = value
    }
  if (min < 0 && negative === 'reject')
    throw refuseField(
      'NEGATIVE_LABEL',
      '/data',
      `The label ${min} is negative; \`negative\`: "keep" takes it as an ordinary label.`,
    )
  const type = arrayTypes.find((candidate) => min >= candidate.min && max <= candidate.max)
  if (!type)
    throw refuseField(
      'LABEL_OUT_OF_RANGE',
      '/data',
      `Labels from ${min} to ${max} fit neither int32 nor uint32.`,
    )
  const map = { width, height, depth, labels: type.from(values), ...(sides.length === 3 && volume) }
  return { map, format: 'labels', encoding: type.encoding, warnings: [] }
}

const volume = { volume: true } as const
const isInteger = (value: unknown): value is number => Number.isInteger(value)

interface ArrayType {
  readonly encoding: string
  readonly min: number
  readonly max: number
  readonly from: (values: Float64Array) => LabelArray
}

/** Types of label arrays and what each can hold, the smallest first. */
const arrayTypes: readonly ArrayType[] = [
  { encoding: 'labels-uint8', min: 0, max: 2 ** 8 - 1, from: (values) => Uint8Array.from(values) },
  { encoding: 'labels-uint16', min: 0, max: 2 ** 16 - 1, from: (values) => Uint16Array.from(values) },
  { encoding: 'labels-uint32', min: 0, max: maxLabel, from: (values) => Uint32Array.from(values) },
  { encoding: 'labels-int32', min: minLabel, max: 2 ** 31 - 1, from: (values) => Int32Array.from(values) },
]
