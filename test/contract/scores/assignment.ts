/**
 * The weights that a one-to-one assignment of the largest sum takes, one a row (0: none, or a weight of 0).
 * Kuhn's method with potentials, for a matrix of weights of at least 0.
 */
export function bestAssignment(weights: readonly (readonly number[])[]): number[] {
  return assignedColumns(weights).map((column, row) => weights[row][column] ?? 0)
}

/** The column of each row in such an assignment; −1 where a row has none. */
export function assignedColumns(weights: readonly (readonly number[])[]): number[] {
  const size = Math.max(weights.length, weights[0]?.length ?? 0)
  const cost = (row: number, column: number) => -(weights[row - 1]?.[column - 1] ?? 0)
  const u = Array<number>(size + 1).fill(0)
  const v = Array<number>(size + 1).fill(0)
  const rowOf = Array<number>(size + 1).fill(0)
  for (let row = 1; row <= size; row++) {
    rowOf[0] = row
    const least = Array<number>(size + 1).fill(Number.POSITIVE_INFINITY)
    const before = Array<number>(size + 1).fill(0)
    const used = Array<boolean>(size + 1).fill(false)
    let column = 0
    do {
      used[column] = true
      let step = Number.POSITIVE_INFINITY
      let next = 0
      for (let other = 1; other <= size; other++) {
        if (used[other]) continue
        const reduced = cost(rowOf[column], other) - u[rowOf[column]] - v[other]
        if (reduced < least[other]) {
          least[other] = reduced
          before[other] = column
        }
        if (least[other] < step) {
          step = least[other]
          next = other
        }
      }
      for (let other = 0; other <= size; other++)
        if (used[other]) {
          u[rowOf[other]] += step
          v[other] -= step
        } else least[other] -= step
      column = next
    } while (rowOf[column] !== 0)
    while (column !== 0) {
      rowOf[column] = rowOf[before[column]]
      column = before[column]
    }
  }
  return weights.map((row, index) => {
    const column = rowOf.indexOf(index + 1, 1) - 1
    return column < row.length ? column : -1
  })
}
