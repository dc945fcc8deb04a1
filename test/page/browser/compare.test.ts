import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { change, changeMap } from '../../../src/labels/change.ts'
import { difference } from '../../../src/labels/difference.ts'
import {
  comparedLayers,
  readCompareAddress,
  writeCompareAddress,
} from '../../../src/page/browser/address/compare-address.ts'
import { nearestPoint, scatterRange } from '../../../src/page/browser/compare/scatter-scale.ts'
import { scoreName } from '../../../src/page/browser/compare/score-name.ts'

describe('what changed from one run to another', () => {
  const { agreement, missing, extra, confused, ignored } = difference

  it('is worse, better, wrong in both, or not counted', () => {
    const a = Uint8Array.of(agreement, agreement, missing, extra, ignored, agreement)
    const b = Uint8Array.of(agreement, confused, agreement, missing, agreement, ignored)
    expect([...changeMap(a, b)]).toEqual([0, change.worse, change.better, change.wrong, ignored, ignored])
  })
})

describe('an address of a comparison', () => {
  it('says what it was given', () => {
    const id = fc.option(fc.stringMatching(/^[a-z0-9-]{1,20}$/), { nil: undefined })
    fc.assert(
      fc.property(
        fc.record({
          a: id,
          b: id,
          score: fc.stringMatching(/^[a-z_]{1,20}$/),
          item: fc.option(fc.nat(10 ** 8), { nil: undefined }),
          layer: fc.constantFrom(...comparedLayers),
        }),
        (address) => {
          expect(readCompareAddress(writeCompareAddress(address).slice(1))).toEqual(address)
        },
      ),
    )
  })

  it('is as by default where it is wrong', () => {
    expect(readCompareAddress('/compare/%/%E0?item=-1&layer=x')).toEqual({
      a: '%',
      b: '%E0',
      score: 'mi_loss',
      item: undefined,
      layer: 'change',
    })
  })
})

describe('a plot of two runs', () => {
  const points = [
    [0, 0.2, 0.4],
    [7, 0.8, 0.8],
  ] as const

  it('has one range for both axes, also of a single value and of none', () => {
    expect(scatterRange({ type: 'points', points })).toEqual([0.2, 0.8])
    expect(scatterRange({ type: 'points', points: [[0, 0.4, 0.4]] })).toEqual([0, 1])
    expect(scatterRange({ type: 'points', points: [[0, 3, 3]] })).toEqual([0, 3])
    expect(scatterRange({ type: 'points', points: [] })).toEqual([0, 1])
  })

  it('finds the point that is pointed at, and none where there is none near', () => {
    expect(nearestPoint(points, [0, 1], 0.79, 0.81)).toBe(1)
    expect(nearestPoint(points, [0, 1], 0.5, 0.5)).toBeUndefined()
  })
})

describe('the name of a score', () => {
  it.each([
    ['/pooled/mi_loss', 'mi_loss', 'over all pixels'],
    ['/pooled/overlap/mean_iou', 'mean_iou', 'over all pixels'],
    ['/macro/mean_iou/mean', 'mean_iou', 'mean over images'],
  ])('%s', (pointer, name, about) => {
    expect(scoreName(pointer)).toEqual({ name, about })
  })
})
