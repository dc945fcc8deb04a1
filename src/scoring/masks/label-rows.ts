import type { DecodedMask } from '../../labels/decoded-mask.ts'
import type { LabelArray } from '../../labels/label-map.ts'
import { maxLabel, minLabel } from '../../labels/label-range.ts'
import type { Limits } from '../../limits.ts'
import { refuseField } from '../../problems/refusal.ts'

/**
 * JSON labels → mask: an array of integers is a clustering of n items (n × 1), an array of equally long
 * rows a label image. Labels from -2^31 to 2^32 - 1; negative ones only when `negative` is "keep".
 */
export function readLabelRows(data: unknown, negative: 'reject' | 'keep', limits: Limits): DecodedMask {
  if (!Array.isArray(data))
    throw refuseField('INVALID_ANNOTATION', '/data', '`data` is not an array of integers or of rows.')
  if (data.length === 0) throw refuseField('EMPTY_INPUT', '/data', '`data` is an empty array.')
  const isImage = Array.isArray(data[0])
  const rows: unknown[][] = isImage ? data : [data]
  const width = rows[0].length
  if (width === 0) throw refuseField('EMPTY_INPUT', '/data/0', 'The first row is empty.')
  if (width * rows.length > limits.maxPixels)
    throw refuseField(
      'IMAGE_TOO_LARGE',
      '/data',
      `The mask has ${width * rows.length} pixels; the limit is ${limits.maxPixels}.`,
    )
  const values = new Float64Array(width * rows.length)
  let min = 0
  let max = 0
  for (let y = 0; y < rows.length; y++) {
    const row = rows[y]
    const rowPointer = isImage ? `/data/${y}` : '/data'
    if (!Array.isArray(row) || row.length !== width)
      throw refuseField(
        'INVALID_ANNOTATION',
        rowPointer,
        `Rows are equally long; this one is not an array of ${width} labels.`,
      )
    for (let x = 0; x < width; x++) {
      const value: unknown = row[x]
      if (!isInteger(value))
        throw refuseField(
          'NON_INTEGER_LABEL',
          `${rowPointer}/${x}`,
          `The value ${JSON.stringify(value)?.slice(0, 40)} is not an integer.`,
        )
      if (value < min) min = value
      if (value > max) max = value
      values[y * width + x] = value
    }
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
  const map = { width, height: rows.length, depth: 1, labels: type.from(values) }
  return { map, format: 'labels', encoding: type.encoding, warnings: [] }
}

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
