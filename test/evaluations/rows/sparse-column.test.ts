import { describe, expect, it } from 'vitest'
import { SparseColumnBuilder } from '../../../src/evaluations/rows/sparse-column.ts'

/** Rows with more and more entries: what is guessed after a thousand of them is too little. */
const rowsOf = (count: number): (readonly [number, number, number])[][] =>
  Array.from({ length: count }, (_, row) =>
    Array.from({ length: Math.floor(row / 700) }, (_, label) => [label, row * label, row] as const),
  )

describe('a sparse column', () => {
  it('holds the same entries whether or not it is told how many rows there may be', () => {
    const rows = rowsOf(3000)
    const columns = [0, 3000, 10].map((known) => {
      const builder = new SparseColumnBuilder(2, known)
      for (const row of rows) builder.addRow(row)
      return builder.column
    })
    const { start, position, values, labels } = columns[0]
    expect(labels).toEqual([0, 1, 2, 3])
    expect(start[3000]).toBe(rows.flat().length)
    expect([...position]).toEqual(rows.flat().map(([label]) => label))
    expect(values.map((list) => [...list])).toEqual([1, 2].map((kind) => rows.flat().map((row) => row[kind])))
    expect(columns[1]).toEqual(columns[0])
    expect(columns[2]).toEqual(columns[0])
  })

  it('that is told how many rows there may be leaves no earlier sizes behind', () => {
    const entries: [number, number][] = Array.from({ length: 9 }, (_, label) => [label, label])
    const builder = new SparseColumnBuilder(1, 20_000)
    for (let row = 0; row < 2000; row++) builder.addRow(entries)
    // It grew once more after a thousand rows, and has room for all others since.
    expect(builder.column.position.buffer.byteLength).toBeGreaterThanOrEqual(9 * 20_000)
    expect(builder.column.position).toHaveLength(9 * 2000)
  })
})
