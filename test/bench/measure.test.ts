import { describe, expect, it } from 'vitest'
import { interleavedMedians, median } from '../../bench/measure.ts'
import { formatTable, ratio } from '../../bench/table.ts'

describe('median', () => {
  it('is the middle, or the mean of the two middle ones', () => {
    expect(median([9, 1, 2])).toBe(2)
    expect(median([9, 1, 2, 4])).toBe(3)
  })
})

describe('interleavedMedians', () => {
  it('runs the contestants in turn, after their warm-up', async () => {
    const order: string[] = []
    const timings = await interleavedMedians(
      { first: () => order.push('first'), second: async () => order.push('second') },
      { rounds: 2, warmUps: 1, minMs: 0 },
    )
    expect(order).toEqual(['first', 'second', 'first', 'second', 'first', 'second'])
    expect(Object.keys(timings)).toEqual(['first', 'second'])
    expect(timings.first.wallMs).toBeGreaterThanOrEqual(0)
  })
})

describe('formatTable', () => {
  it('prints Markdown with three significant digits and "absent" for what is not there', () => {
    const text = formatTable({
      title: 'Speed',
      reading: 'More is better.',
      columns: ['image', 'ours', 'ratio'],
      rows: [
        ['a', 12.3456, ratio(20, 10)],
        ['bb', undefined, ratio(undefined, 10)],
      ],
    })
    expect(text).toBe(
      [
        '### Speed',
        '',
        'More is better.',
        '',
        '| image |   ours |  ratio |',
        '|-------|-------:|-------:|',
        '| a     |   12.3 |     2× |',
        '| bb    | absent | absent |',
        '',
      ].join('\n'),
    )
  })
})
