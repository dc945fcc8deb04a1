import { describe, expect, it } from 'vitest'
import { type BoundaryOptions, boundary, type LabelBoundary } from '../../src/metrics/boundary/boundary.ts'
import type { Score } from '../../src/metrics/numbers/undefined-score.ts'
import { expectScore } from './expect-score.ts'
import type { GoldenNumber, GoldenSurface } from './golden-cases.ts'
import { goldenMasks } from './golden-masks.ts'

const golden = goldenMasks.flatMap(({ id, expected, peers, masks }) =>
  (expected.surface ?? []).map((peer, k) => {
    const { groundTruth, prediction } = masks()
    const score = (options: Pick<BoundaryOptions, 'surface'> & Partial<BoundaryOptions>) =>
      boundary(groundTruth, prediction, {
        spacing: peer.spacing_row_col,
        tolerances: peer.tolerances,
        labels: [peer.label],
        ...options,
      })
    const name = `${id}, label ${peer.label}, spacing ${peer.spacing_row_col.join(' × ')}`
    return { name, peer, deepmind: peers.surface?.[k], score }
  }),
)

/** The peers answer NaN and infinity where one side is empty, and 0 or NaN for what is a failure. */
function expectDistance(
  score: Score,
  peer: GoldenNumber | undefined,
  what: string,
  tolerance?: number,
): void {
  if (peer !== undefined) expectScore(score, peer, what, tolerance)
}

const perTolerance = (row: LabelBoundary, peer: GoldenSurface) =>
  peer.tolerances.map((tolerance, k) => ({
    name: String(tolerance),
    nsd: row.nsd[k].value,
    f1: row.boundary_f1[k],
  }))

it('finds golden surfaces', () => {
  expect(golden.length).toBeGreaterThan(15)
})

describe.each(golden)('golden $name', ({ peer, deepmind, score }) => {
  it('of pixels', () => {
    const result = score({ surface: 'pixel' })
    const [row] = result.per_label
    expect(result.boundary_iou_dilation).toBe(peer.boundary_iou_d_pixels)
    expectScore(row.boundary_iou, peer.boundary_iou, 'boundary_iou')
    expectDistance(row.hausdorff, peer.hd, 'hausdorff')
    expectDistance(row.hausdorff_95, peer.hd95_max_of_directed_linear, 'hausdorff_95')
    expectDistance(row.assd, peer.assd_pooled, 'assd')
    expectDistance(row.asd_ground_truth, peer.asd_gt_to_pred, 'asd_ground_truth')
    expectDistance(row.asd_prediction, peer.asd_pred_to_gt, 'asd_prediction')
    for (const { name, nsd, f1 } of perTolerance(row, peer)) {
      expectDistance(nsd, peer[`nsd_pixelcount_tol_${name}`], `nsd ${name}`)
      expectDistance(f1.precision, peer[`boundary_precision_tol_${name}`], `precision ${name}`)
      expectDistance(f1.recall, peer[`boundary_recall_tol_${name}`], `recall ${name}`)
      expectDistance(f1.f1, peer[`boundary_f1_tol_${name}`], `f1 ${name}`)
    }
  })

  it('of surfels, as surface-distance scores them', () => {
    const [row] = score({ surface: 'surfel' }).per_label
    const theirs = deepmind!
    expectScore(row.boundary_iou, theirs.boundary_iou_api, 'boundary_iou')
    expectDistance(row.hausdorff, theirs.hd100, 'hausdorff')
    expectDistance(row.hausdorff_95, theirs.hd95, 'hausdorff_95')
    expectDistance(row.asd_ground_truth, theirs.asd_gt_to_pred, 'asd_ground_truth')
    expectDistance(row.asd_prediction, theirs.asd_pred_to_gt, 'asd_prediction')
    for (const { name, nsd } of perTolerance(row, peer))
      expectDistance(nsd, theirs[`nsd_tol_${name}`], `nsd ${name}`)
  })
})
