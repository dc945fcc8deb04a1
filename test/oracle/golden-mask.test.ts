import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readGoldenMask } from './golden-mask.ts'

interface Golden {
  readonly id: string
  readonly shape_h_w: readonly [number, number]
  readonly gt: string
  readonly pred: string
  readonly encoding: { readonly gt: string; readonly pred: string }
  readonly ignore_gt_labels: readonly number[]
  readonly expected: {
    readonly contingency?: { readonly triples_gt_pred_count?: readonly (readonly number[])[] }
  }
}

const folder = new URL('../golden/', import.meta.url)
const { cases } = JSON.parse(readFileSync(new URL('golden.json', folder), 'utf8')) as { cases: Golden[] }

/** The readers that judge the decoders are themselves judged by numpy's counts. */
describe('golden masks as the tests read them', () => {
  it.each(cases)('$id', ({ shape_h_w, gt, pred, encoding, ignore_gt_labels, expected }) => {
    const groundTruth = readGoldenMask(new URL(gt, folder), encoding.gt)
    const prediction = readGoldenMask(new URL(pred, folder), encoding.pred)
    expect([groundTruth.height, groundTruth.width]).toEqual(shape_h_w)
    expect([prediction.height, prediction.width]).toEqual(shape_h_w)
    const triples = expected.contingency?.triples_gt_pred_count
    if (!triples) return
    const counts = new Map<string, number>()
    groundTruth.labels.forEach((label, k) => {
      if (ignore_gt_labels.includes(label)) return
      const key = `${label} ${prediction.labels[k]}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    })
    expect(counts).toEqual(new Map(triples.map(([a, b, n]) => [`${a} ${b}`, n])))
  })
})
