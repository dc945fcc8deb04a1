import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Instances, instances } from '../../../src/metrics/instances/instances.ts'
import { UndefinedScore, undefinedBecause } from '../../../src/metrics/numbers/undefined-score.ts'
import { expectScore } from '../expect-score.ts'
import { tableOf } from '../golden-cases.ts'
import { goldenMasks } from '../golden-masks.ts'
import { tableOfLabels, tables, transposed } from '../tables.ts'

const halfUpwards = Array.from({ length: 10 }, (_, k) => (50 + 5 * k) / 100)
const at = (score: Instances, iou: number) => score.thresholds.find((row) => row.iou === iou)!
const golden = goldenMasks.flatMap(({ expected, ...rest }) =>
  expected.instances ? [{ ...rest, peer: expected.instances }] : [],
)

describe.each(golden)('golden $id', ({ peer, table }) => {
  it('instances', () => {
    const score = instances(table(), { background: peer.background, thresholds: halfUpwards })
    expect(score.ground_truth_count).toBe(peer.n_gt)
    expect(score.prediction_count).toBe(peer.n_pred)
    for (const row of score.thresholds) {
      const { ge } = peer.thresholds[row.iou.toFixed(2)]
      for (const key of ['tp', 'fp', 'fn', 'precision', 'recall', 'f1'] as const)
        expectScore(row[key], ge[key], `${key} at ${row.iou}`)
      expectScore(row.ap_dsb, ge.ap_tp_over_tp_fp_fn, `ap_dsb at ${row.iou}`)
    }
    expectScore(score.mean_ap_dsb, peer.mean_ap_050_095_ge, 'mean_ap_dsb')
    const above = peer.thresholds['0.50'].gt
    for (const key of ['tp', 'fp', 'fn', 'pq', 'sq', 'rq'] as const)
      expectScore(score.panoptic[key], above[key], key)
    if (peer.aji === undefined) return
    expectScore(score.aji, peer.aji, 'aji')
    expectScore(score.aji_plus, peer.aji_plus, 'aji_plus')
    expectScore(score.sbd, peer.sbd, 'sbd')
  })
})

/** Their scores are float32 or have 1e-6 added to a denominator. */
const scoredByPeers = golden.filter(({ peers }) => peers.stardist || peers.cellpose || peers.hover_net)

describe.each(scoredByPeers)('golden $id', ({ peer, peers, table }) => {
  it('instances as the peers score them', () => {
    // They match from the threshold on, panoptic quality above it: the next number below is the same set of pairs.
    const panopticAt = (iou: number) =>
      instances(table(), {
        background: peer.background,
        thresholds: [iou],
        panopticThresholds: [iou - 1e-9],
      }).panoptic_thresholds!
    const score = instances(table(), { background: peer.background, thresholds: halfUpwards })
    for (const [threshold, theirs] of Object.entries(peers.stardist ?? {})) {
      const row = at(score, Number(threshold))
      for (const key of ['tp', 'fp', 'fn', 'precision', 'recall', 'f1'] as const)
        expectScore(row[key], theirs[key], `stardist ${key} at ${threshold}`, 1e-5)
      expectScore(row.ap_dsb, theirs.accuracy, `stardist accuracy at ${threshold}`, 1e-5)
      const [quality] = panopticAt(Number(threshold))
      expectScore(quality.pq, theirs.panoptic_quality, `stardist panoptic_quality at ${threshold}`, 1e-5)
      if (quality.tp !== 0)
        expectScore(
          quality.sq,
          theirs.mean_matched_score,
          `stardist mean_matched_score at ${threshold}`,
          1e-5,
        )
    }
    for (const [k, threshold] of [0.5, 0.75, 0.9].entries())
      if (peers.cellpose)
        expectScore(at(score, threshold).ap_dsb, peers.cellpose.ap_050_075_090[k], 'cellpose', 1e-5)
    if (!peers.hover_net) return
    expectScore(score.aji, peers.hover_net.aji, 'hover_net aji', 1e-5)
    expectScore(score.aji_plus, peers.hover_net.aji_plus, 'hover_net aji_plus', 1e-5)
    const { rq, sq, pq } = score.panoptic
    for (const [k, own] of [rq, sq, pq].entries())
      expectScore(own, peers.hover_net.dq_sq_pq[k], `hover_net dq_sq_pq ${k}`, 1e-5)
  })
})

describe('instances', () => {
  it('of a hand-worked table', () => {
    // Objects: ground truth 1 (10 px) and 2 (6 px); predicted 1 (9 px, of which 8 on object 1) and 3 (4 px, 3 on object 2).
    const score = instances(
      tableOf([
        [0, 0, 50],
        [0, 1, 1],
        [0, 3, 1],
        [1, 0, 2],
        [1, 1, 8],
        [2, 0, 3],
        [2, 3, 3],
      ]),
      { background: 0, thresholds: [0.4, 0.5, 0.75] },
    )
    expect(score).toMatchObject({ ground_truth_count: 2, prediction_count: 2 })
    // IoUs 8/11 and 3/7.
    expect(score.thresholds.map(({ tp, fp, fn }) => [tp, fp, fn])).toEqual([
      [2, 0, 0],
      [1, 1, 1],
      [0, 2, 2],
    ])
    expect(at(score, 0.5)).toEqual({
      iou: 0.5,
      tp: 1,
      fp: 1,
      fn: 1,
      precision: 0.5,
      recall: 0.5,
      f1: 0.5,
      ap_dsb: 1 / 3,
    })
    expect(score.mean_ap_dsb).toBeCloseTo((1 + 1 / 3 + 0) / 3, 15)
    expect(score.n_averaged).toEqual({ mean_ap_dsb: 3 })
    expect(score.panoptic.pq).toBeCloseTo(8 / 11 / 2, 15)
    expect(score.panoptic.sq).toBeCloseTo(8 / 11, 15)
    expect(score.panoptic.rq).toBe(0.5)
    expect(score.aji).toBeCloseTo((8 + 3) / (11 + 7), 15)
    expect(score.aji_plus).toBeCloseTo((8 + 3) / (11 + 7), 15)
    expect(score.sbd).toBeCloseTo((16 / 19 + 6 / 10) / 2, 15)
  })

  it('match at exactly the threshold, but panoptic above it only', () => {
    const score = instances(tableOfLabels([1, 1, 0], [1, 0, 0]), { background: 0, thresholds: [0.5] })
    expect(score.thresholds[0]).toMatchObject({ tp: 1, fp: 0, fn: 0 })
    expect(score.panoptic).toEqual({
      pq: 0,
      sq: undefinedBecause('zero_denominator'),
      rq: 0,
      tp: 0,
      fp: 1,
      fn: 1,
    })
  })

  it.each([0.55, 0.6, 0.7, 0.57, 0.35, 0.29])(
    'match at exactly the decimal %d, which binary fractions miss',
    (iou) => {
      const size = Math.round(100 * iou)
      const table = tableOf([
        [1, 1, size],
        [1, 0, 100 - size],
      ])
      expect(instances(table, { background: 0, thresholds: [iou] }).thresholds[0].tp).toBe(1)
      const less = tableOf([
        [1, 1, size * 1e6 - 1],
        [1, 0, (100 - size) * 1e6 + 1],
      ])
      expect(instances(less, { background: 0, thresholds: [iou] }).thresholds[0].tp).toBe(0)
    },
  )

  it('match one to one where an object could match twice', () => {
    // Object 1 is cut into two halves: both reach one half, one can match.
    const cut = instances(tableOfLabels([1, 1, 1, 1], [1, 1, 2, 2]), { background: 0, thresholds: [0.5] })
    expect(cut.thresholds[0]).toMatchObject({ tp: 1, fp: 1, fn: 0 })
    // A chain 1–1–2–2 whose middle pair has the best IoU (4/10 against 3/9): taking it leaves two objects alone.
    const chain = tableOf([
      [1, 1, 3],
      [2, 1, 4],
      [2, 2, 3],
      [1, 0, 2],
      [0, 2, 2],
    ])
    expect(instances(chain, { background: 0, thresholds: [0.3] }).thresholds[0]).toMatchObject({ tp: 2 })
  })

  it('break ties of aji by the larger overlap, then the lower label', () => {
    // Object 1 (6 px) meets predictions 1 (3 px, 2 shared: 2/7) and 2 (10 px inside 4: 4/14 = 2/7).
    const table = tableOf([
      [1, 1, 2],
      [0, 1, 1],
      [1, 2, 4],
      [0, 2, 8],
      [0, 0, 5],
    ])
    // Prediction 2 is taken, prediction 1 (3 px) joins the union.
    expect(instances(table, { background: 0, thresholds: [0.5] }).aji).toBeCloseTo(4 / (14 + 3), 15)
  })

  it('let aji reuse a prediction and aji_plus not', () => {
    const score = instances(tableOfLabels([1, 1, 2], [5, 5, 5]), { background: 0, thresholds: [0.5] })
    expect(score.aji).toBeCloseTo((2 + 1) / (3 + 3), 15)
    expect(score.aji_plus).toBeCloseTo(2 / (3 + 1), 15)
  })

  it('know no background when told so', () => {
    const score = instances(tableOfLabels([0, 0, 1], [0, 0, 1]), { background: null, thresholds: [0.5] })
    expect(score).toMatchObject({ ground_truth_count: 2, prediction_count: 2 })
    const other = instances(tableOfLabels([7, 7, 1], [7, 7, 1]), { background: 7, thresholds: [0.5] })
    expect(other).toMatchObject({ ground_truth_count: 1, prediction_count: 1 })
  })

  it('count a side without objects as a failure', () => {
    const missed = instances(tableOfLabels([0, 1, 2], [0, 0, 0]), { background: 0, thresholds: [0.5, 0.9] })
    expect(missed.thresholds[0]).toEqual({
      iou: 0.5,
      tp: 0,
      fp: 0,
      fn: 2,
      precision: undefinedBecause('empty_prediction'),
      recall: 0,
      f1: 0,
      ap_dsb: 0,
    })
    expect(missed).toMatchObject({ mean_ap_dsb: 0, aji: 0, aji_plus: 0, sbd: 0 })
    expect(missed.panoptic).toMatchObject({ pq: 0, rq: 0 })
    const invented = instances(tableOfLabels([0, 0, 0], [0, 1, 2]), { background: 0, thresholds: [0.5] })
    expect(invented.thresholds[0]).toMatchObject({
      precision: 0,
      recall: undefinedBecause('empty_ground_truth'),
      f1: 0,
      ap_dsb: 0,
    })
    expect(invented).toMatchObject({ mean_ap_dsb: 0, aji: 0, aji_plus: 0, sbd: 0 })
  })

  it.each([
    ['absent_both', [[0, 0, 9]]],
    ['no_pixels', []],
  ] as const)('are undefined (%s) without objects', (reason, triples) => {
    const score = instances(tableOf(triples), { background: 0, thresholds: [0.5] })
    const { aji, aji_plus, sbd, mean_ap_dsb, panoptic, thresholds } = score
    const { precision, recall, f1, ap_dsb } = thresholds[0]
    const values = [aji, aji_plus, sbd, mean_ap_dsb, panoptic.pq, panoptic.sq, panoptic.rq]
    for (const value of [...values, precision, recall, f1, ap_dsb])
      expect(value).toEqual(new UndefinedScore(reason))
    expect(score.n_averaged).toEqual({ mean_ap_dsb: 0 })
    expect(thresholds[0]).toMatchObject({ tp: 0, fp: 0, fn: 0 })
  })

  it('are perfect for equal masks under any names', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60, max: 5 }), (labels) => {
        const renamed = labels.map((label) => (label === 0 ? 0 : 200 - label))
        const score = instances(tableOfLabels(labels, renamed), { background: 0, thresholds: [0.5, 1] })
        const perfect = score.ground_truth_count === 0 ? undefinedBecause('absent_both') : 1
        expect(score).toMatchObject({ mean_ap_dsb: perfect, aji: perfect, aji_plus: perfect, sbd: perfect })
        expect(score.panoptic).toMatchObject({ pq: perfect, sq: perfect, rq: perfect })
      }),
    )
  })

  it('keep their ranges, their counts and their symmetry', () => {
    const thresholds = [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 1]
    fc.assert(
      fc.property(tables(), fc.constantFrom(0, 3, null), (table, background) => {
        const score = instances(table, { background, thresholds })
        const mirrored = instances(transposed(table), { background, thresholds })
        for (const [k, row] of score.thresholds.entries()) {
          const matched = row.tp as number
          expect(matched + (row.fn as number)).toBe(score.ground_truth_count)
          expect(matched + (row.fp as number)).toBe(score.prediction_count)
          if (k > 0) expect(matched).toBeLessThanOrEqual(score.thresholds[k - 1].tp as number)
          expect(mirrored.thresholds[k]).toMatchObject({ tp: row.tp, fp: row.fn, fn: row.fp, f1: row.f1 })
        }
        expect(mirrored.panoptic.pq).toEqual(score.panoptic.pq)
        expect(mirrored.sbd).toEqual(score.sbd)
        for (const value of [score.aji, score.aji_plus, score.sbd, score.mean_ap_dsb]) {
          if (value instanceof UndefinedScore) continue
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})
