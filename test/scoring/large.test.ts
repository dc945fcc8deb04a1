import { describe, expect, it } from 'vitest'
import { countMaps } from '../../src/counting/count-maps.ts'
import type { LabelMap } from '../../src/labels/label-map.ts'
import { defaultLimits } from '../../src/limits.ts'
import { miLoss } from '../../src/metrics/information/mi-loss.ts'

const side = 4096
const cell = 40.96
const maxPairs = defaultLimits.maxLabelPairs

/** 16 Mpx in about 10,000 segments with ragged borders; `rename` gives each its label. */
function segments(rename: (segment: number) => number): LabelMap {
  const labels = new Uint16Array(side * side)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const column = Math.floor((x + ((y * 7) & 3)) / cell)
      labels[y * side + x] = rename(column + 101 * Math.floor(y / cell))
    }
  return { width: side, height: side, depth: 1, labels }
}

describe('16 Mpx with 10,000 segments', () => {
  const truth = segments((segment) => segment)
  const renamed = segments((segment) => (segment * 6151 + 17) % 65_521)

  it('lose exactly nothing by a renaming, and every pixel is counted', () => {
    const table = countMaps(truth, renamed, { maxPairs })
    expect(table.rowLabels.length).toBeGreaterThan(10_000)
    expect(table.total).toBe(side * side)
    expect(miLoss(table)).toEqual({ mi_loss: 0, mi_loss_split: 0, mi_loss_merge: 0 })
  })

  it('lose something by one pixel of another segment', () => {
    const labels = renamed.labels.slice()
    labels[5_000_000] = renamed.labels[0]
    const { mi_loss } = miLoss(countMaps(truth, { ...renamed, labels }, { maxPairs }))
    expect(mi_loss).toBeGreaterThan(0)
    expect(mi_loss).toBeLessThan(1e-6)
  })
})
