import type { StoredArray } from '../../decoding/probabilities/stored-array.ts'
import { refuseField } from '../../problems/refusal.ts'

/** More numbers are sent as a file: JSON would be many times larger. */
const maxNumbers = 100_000
const maxDepth = 5

/**
 * Nested arrays of numbers, all of one length at each depth, as one array.
 * @throws Refusal INVALID_ANNOTATION, EMPTY_INPUT, INPUT_TOO_LARGE with pointers relative to the mask
 */
export function nestedNumbers(data: unknown): StoredArray {
  const shape: number[] = []
  for (let inner = data; Array.isArray(inner); inner = inner[0]) {
    shape.push(inner.length)
    if (inner.length === 0)
      throw refuseField('EMPTY_INPUT', '/data', 'The probabilities hold an empty array.')
    if (shape.length > maxDepth)
      throw refuseField('INVALID_ANNOTATION', '/data', `Probabilities are nested ${maxDepth} deep at most.`)
  }
  if (shape.length === 0)
    throw refuseField(
      'INVALID_ANNOTATION',
      '/data',
      'Probabilities are rows of numbers (one channel), or one array of rows for each channel.',
    )
  const count = shape.reduce((product, side) => product * side, 1)
  if (count > maxNumbers)
    throw refuseField(
      'INPUT_TOO_LARGE',
      '/data',
      `The probabilities are ${count} numbers; at most ${maxNumbers} are read from JSON.`,
    ).advising('Send the map as a file of multipart/form-data, such as .npy.')
  const items = new Float64Array(count)
  let at = 0
  const fill = (value: unknown, depth: number, pointer: string): void => {
    if (depth === shape.length) {
      if (typeof value !== 'number') throw refuseField('INVALID_ANNOTATION', pointer, 'This is no number.')
      items[at++] = value
    } else if (!Array.isArray(value) || value.length !== shape[depth])
      throw refuseField(
        'INVALID_ANNOTATION',
        pointer,
        `This is not an array of ${shape[depth]}, as the first one here is.`,
      )
    else for (const [k, item] of value.entries()) fill(item, depth + 1, `${pointer}/${k}`)
  }
  fill(data, 0, '/data')
  return { items, shape, type: 'float64', format: 'probabilities', warnings: [] }
}
