import { refuseField } from '../../problems/refusal.ts'

/** A JSON array of one to three levels as its rows. */
interface NestedRows {
  /** Lengths from the outermost level to the innermost: items, or rows × columns, or slices × rows × columns. */
  readonly sides: readonly number[]
  /** All of one length, slice after slice; what they hold has not been looked at. */
  readonly rows: readonly (readonly unknown[])[]
  /** The JSON pointer to a row. */
  readonly pointerOf: (row: number) => string
}

const maxLevels = 3

/**
 * Takes nested arrays apart into rows. The arrays of one level must be equally long.
 * @throws Refusal INVALID_ANNOTATION, EMPTY_INPUT
 */
export function rowsOf(data: unknown): NestedRows {
  if (!Array.isArray(data))
    throw refuseField(
      'INVALID_ANNOTATION',
      '/data',
      '`data` is not an array of integers, of rows, or of slices of rows.',
    )
  let rows: unknown[][] = [data]
  const sides = [data.length]
  const pointerOf = (row: number): string => {
    const indices: number[] = []
    for (const side of sides.slice(0, -1).reverse()) {
      indices.unshift(row % side)
      row = Math.floor(row / side)
    }
    return ['/data', ...indices].join('/')
  }
  for (;;) {
    if (rows[0].length === 0) throw refuseField('EMPTY_INPUT', pointerOf(0), 'This array is empty.')
    if (!Array.isArray(rows[0][0])) return { sides, rows, pointerOf }
    if (sides.length === maxLevels)
      throw refuseField(
        'INVALID_ANNOTATION',
        '/data',
        `\`data\` has more than ${maxLevels} levels of arrays.`,
      )
    const inner = rows.flat()
    const side = rows[0][0].length
    sides.push(side)
    const odd = inner.findIndex((item) => !Array.isArray(item) || item.length !== side)
    if (odd >= 0)
      throw refuseField(
        'INVALID_ANNOTATION',
        pointerOf(odd),
        `Arrays of one level are equally long; this one is not an array of ${side}.`,
      )
    rows = inner as unknown[][]
  }
}
