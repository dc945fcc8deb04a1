import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  readAnnotatorsAddress,
  writeAnnotatorsAddress,
} from '../../../src/page/browser/address/annotators-address.ts'
import { masksOf } from '../../../src/page/browser/annotators/masks-of.ts'
import { worstFirst } from '../../../src/page/browser/annotators/value-rows.ts'
import type { DatasetSource } from '../../../src/page/browser/dataset/dataset-source.ts'
import { entropySteps } from '../../../src/page/browser/masks/entropy-steps.ts'

describe('the entropy of votes', () => {
  it('is nowhere on the ramp where all agree, and at its end where all differ', () => {
    const bits = Float64Array.of(0, 1e-9, Math.log2(3) - 2 / 3, Math.log2(3))
    expect([...entropySteps(bits, 3)]).toEqual([0, 1, Math.round(255 * (1 - 2 / 3 / Math.log2(3))), 255])
  })
})

describe('the masks of one image', () => {
  const source = (name: string): DatasetSource => ({ kind: 'file', name, file: new File(['x'], name) })

  it('are files, or those of a folder, in the order of their names', () => {
    const files = ['b.png', '.DS_Store', 'a.png'].map((path) => ({ path, file: new File(['x'], path) }))
    const { masks } = masksOf([{ kind: 'folder', name: 'x', files, unreadable: [] }])
    expect(masks.map(({ name }) => name)).toEqual(['a.png', 'b.png'])
  })

  it('are 2 to 20, and all can be read; else it is told why they are none', () => {
    expect(masksOf([]).why).toContain('No mask')
    expect(masksOf([source('a.png')]).why).toContain('One file')
    expect(masksOf(Array.from({ length: 21 }, (_, k) => source(`${k}.png`))).why).toContain('21 files')
    const broken: DatasetSource = { kind: 'folder', name: 'x', files: [], unreadable: ['x/y: denied'] }
    expect(masksOf([source('a.png'), source('b.png'), broken])).toMatchObject({
      masks: [],
      why: expect.stringContaining('x/y'),
    })
  })
})

describe('values of a column', () => {
  const row = (value: string, loss: number | null) => ({
    value,
    items: 1,
    scored: 1,
    macro: { mi_loss: loss, mean_iou: loss },
  })
  const rows = [row('a', 0.1), row('b', null), row('c', 0.3)]

  it.each([
    ['mi_loss', false, ['c', 'a', 'b']],
    ['mean_iou', true, ['a', 'c', 'b']],
  ] as const)('stand worst first, those without a score last: %s', (score, isHigher, expected) => {
    expect(worstFirst(rows, score, isHigher).map(({ value }) => value)).toEqual(expected)
  })
})

describe('an address of annotators', () => {
  it('says what it was given, cut short or not', () => {
    const text = fc.option(fc.string({ minLength: 1, maxLength: 12 }), { nil: undefined })
    const record = fc.record({
      run: fc.option(fc.uuid(), { nil: undefined }),
      column: text,
      value: text,
      score: fc.constantFrom('mi_loss', 'mean_iou'),
    })
    fc.assert(
      fc.property(record, (address) => {
        expect(readAnnotatorsAddress(writeAnnotatorsAddress(address).slice(1))).toEqual(address)
      }),
    )
    expect(readAnnotatorsAddress('/annotators/%E0%A4%A').run).toBe('%E0%A4%A')
  })
})
