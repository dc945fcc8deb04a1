import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GrowingColumn } from '../../../src/evaluations/rows/growing-column.ts'

function columnOf(values: readonly number[]): GrowingColumn {
  const column = new GrowingColumn()
  for (const value of values) column.push(value)
  return column
}

describe('a column that grows', () => {
  it('gives back what was put in, whatever its size', () => {
    const value = fc.oneof(
      fc.nat(300),
      fc.nat(70_000),
      fc.integer({ min: 0, max: 2 ** 32 + 9 }),
      fc.integer({ min: -9, max: 0 }),
      fc.double(),
    )
    fc.assert(
      fc.property(fc.array(value, { maxLength: 300 }), (values) => {
        // 0 stands for −0 too: no sum tells them apart.
        expect(Array.from(columnOf(values).values, (number) => number + 0)).toEqual(
          values.map((number) => number + 0),
        )
      }),
    )
  })

  it.each([
    [Uint8Array, [0, 255]],
    [Uint16Array, [0, 256]],
    [Uint32Array, [0, 65_536]],
    [Float64Array, [0, 2 ** 32]],
    [Float64Array, [0, -1]],
    [Float64Array, [0, 0.5]],
    [Float64Array, [0, Number.NaN]],
  ] as const)('takes no more bytes a number than it needs: %o %j', (kind, values) => {
    expect(columnOf(values).values).toBeInstanceOf(kind)
    expect(Array.from(columnOf(values).values)).toEqual([...values])
  })

  it('shares its memory with threads', () => {
    expect(columnOf(Array.from({ length: 200 }, (_, k) => k)).values.buffer).toBeInstanceOf(SharedArrayBuffer)
  })
})
