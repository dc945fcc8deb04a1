import { describe, expect, it } from 'vitest'
import { PackedList } from '../../src/evaluations/packed-list.ts'

const itemOf = (index: number) => ({ index, key: `scene-${index}/\u00fc\ud800`, list: [index / 7] })

describe('a packed list', () => {
  it.each([0, 1, 511, 512, 513, 1500])(
    'gives back %i values in their order, and each by its place',
    (size) => {
      const values = Array.from({ length: size }, (_, index) => itemOf(index))
      const list = PackedList.from(values)
      expect(list.length).toBe(size)
      expect([...list]).toEqual(values)
      for (const index of [0, 510, 511, 512, 1023, size - 1]) expect(list.at(index)).toEqual(values[index])
      expect(list.at(size)).toBeUndefined()
      expect(list.at(10 * size + 5000)).toBeUndefined()
      expect(list.at(-1)).toBeUndefined()
    },
  )

  it('may be read by two readers at a time, and grow meanwhile', () => {
    const list = PackedList.from(Array.from({ length: 1200 }, (_, index) => index))
    const sum = list[Symbol.iterator]()
    const other = list[Symbol.iterator]()
    for (let index = 0; index < 1200; index++) {
      expect(sum.next().value).toBe(index)
      if (index % 3 === 0) expect(other.next().value).toBe(index / 3)
    }
    list.push(1200)
    expect(sum.next().value).toBe(1200)
  })
})
