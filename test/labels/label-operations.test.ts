import { describe, expect, it } from 'vitest'
import { byNames, difference, differenceMap } from '../../src/labels/difference.ts'
import { histogram } from '../../src/labels/histogram.ts'
import type { LabelMap } from '../../src/labels/label-map.ts'
import { dropLabels } from '../../src/labels/mask-pixels.ts'
import { binaryLabel, renameMap } from '../../src/labels/rename-map.ts'
import { resizeNearest } from '../../src/labels/resize-nearest.ts'

const image = (rows: number[][]): LabelMap => ({
  width: rows[0].length,
  height: rows.length,
  depth: 1,
  labels: Uint16Array.from(rows.flat()),
})

describe('operations on label maps', () => {
  it('renameMap: every non-zero label becomes foreground', () => {
    expect([...renameMap(image([[0, 1, 255, 300]]), binaryLabel).labels]).toEqual([0, 1, 1, 1])
  })

  it('renameMap: a name that the type of the labels cannot hold widens it, and never wraps', () => {
    expect([...renameMap(image([[0, 1, 1, 9]]), (label) => (label === 1 ? 70_000 : label)).labels]).toEqual([
      0, 70_000, 70_000, 9,
    ])
  })

  it('renameMap: a mask that keeps its labels is not copied', () => {
    const map = image([[3, 4]])
    expect(renameMap(map, (label) => label)).toBe(map)
  })

  it('histogram counts the pixels of each label, ascending by label', () => {
    expect(
      histogram(
        image([
          [5, 5, 0],
          [5, 9, 9],
        ]),
      ),
    ).toEqual([
      [0, 1],
      [5, 3],
      [9, 2],
    ])
  })

  it('dropLabels clears the pixels of dropped labels and leaves the rest as it was', () => {
    const keep = Uint8Array.of(1, 0, 1, 1, 1)
    dropLabels(keep, image([[1, 1, 2, 2, 1]]), (label) => label === 2)
    expect([...keep]).toEqual([1, 0, 0, 0, 1])
  })

  it('resizeNearest repeats pixels when it doubles, and takes those under the new centres when it halves', () => {
    const small = image([
      [1, 2],
      [3, 4],
    ])
    const doubled = resizeNearest(small, 4, 4)
    expect([...doubled.labels]).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4])
    expect([...resizeNearest(doubled, 2, 2).labels]).toEqual([1, 2, 3, 4])
    expect([...resizeNearest(image([[1, 2, 3]]), 1, 1).labels]).toEqual([2])
  })

  it('resizeNearest resizes each slice of a volume by itself', () => {
    const volume: LabelMap = { width: 1, height: 1, depth: 2, labels: Uint8Array.of(7, 9) }
    expect([...resizeNearest(volume, 2, 1).labels]).toEqual([7, 7, 9, 9])
  })

  it('differenceMap gives each pixel exactly one kind of difference', () => {
    const truth = image([[0, 0, 1, 1, 1, 2]])
    const predicted = image([[0, 1, 0, 1, 2, 2]])
    const { agreement, extra, missing, confused, ignored } = difference
    expect([...differenceMap(truth, predicted, byNames(0), Uint8Array.of(1, 1, 1, 1, 1, 0))]).toEqual([
      agreement,
      extra,
      missing,
      agreement,
      confused,
      ignored,
    ])
    expect([...differenceMap(truth, predicted, byNames(null))]).toEqual([
      agreement,
      confused,
      confused,
      agreement,
      confused,
      agreement,
    ])
  })
})
