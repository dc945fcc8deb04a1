import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GoldenPeers, GoldenSurface } from '../metrics/golden-cases.ts'
import { expectScore } from './expect-score.ts'
import { type GoldenCase, goldenFile, goldenOptions, loadGolden, ownGolden } from './golden-cases.ts'
import { at, form, post, type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

// The cases of real data have no surfaces.
const set = loadGolden(ownGolden)
const surfacesOf = ({ expected }: GoldenCase) => (expected.surface ?? []) as unknown as GoldenSurface[]
const cases = set.cases.flatMap((golden) =>
  surfacesOf(golden).map((peer, k) => {
    const name = `${golden.id}, label ${peer.label}, spacing ${peer.spacing_row_col.join(' × ')}`
    return { name, golden, peer, theirs: (golden.peers as GoldenPeers).surface![k] }
  }),
)

const row = '/boundary/per_label/0'

async function boundaryOf(golden: GoldenCase, peer: GoldenSurface, surface: 'pixel' | 'surfel') {
  const { ground_truth, prediction } = goldenOptions(golden)
  const boundary = {
    spacing: peer.spacing_row_col,
    tolerances: peer.tolerances,
    labels: [peer.label],
    surface,
  }
  const { status, json } = await post(
    service,
    '/v1/score',
    form({
      ground_truth: goldenFile(set, golden.gt),
      prediction: goldenFile(set, golden.pred),
      options: { families: ['boundary'], boundary, ground_truth, prediction },
    }),
  )
  expect(status, JSON.stringify(json)).toBe(200)
  return json
}

it('finds golden surfaces', () => {
  expect(cases.length).toBeGreaterThan(15)
})

describe.each(cases)('golden $name, over HTTP', ({ golden, peer, theirs }) => {
  it('of pixels', async () => {
    const report = await boundaryOf(golden, peer, 'pixel')
    const expected: Record<string, unknown> = {
      boundary_iou: peer.boundary_iou,
      hausdorff: peer.hd,
      hausdorff_95: peer.hd95_max_of_directed_linear,
      assd: peer.assd_pooled,
      asd_ground_truth: peer.asd_gt_to_pred,
      asd_prediction: peer.asd_pred_to_gt,
    }
    peer.tolerances.forEach((tolerance, k) => {
      expected[`nsd/${k}/value`] = peer[`nsd_pixelcount_tol_${tolerance}`]
      for (const key of ['precision', 'recall', 'f1'])
        expected[`boundary_f1/${k}/${key}`] = peer[`boundary_${key}_tol_${tolerance}`]
    })
    for (const [key, value] of Object.entries(expected))
      if (value !== undefined) expectScore(report, `${row}/${key}`, value, key)
    expectEmptySides(report, peer)
  })

  it('of surfels, as surface-distance scores them', async () => {
    const report = await boundaryOf(golden, peer, 'surfel')
    const expected: Record<string, unknown> = {
      boundary_iou: theirs.boundary_iou_api,
      hausdorff: theirs.hd100,
      hausdorff_95: theirs.hd95,
      asd_ground_truth: theirs.asd_gt_to_pred,
      asd_prediction: theirs.asd_pred_to_gt,
    }
    peer.tolerances.forEach((tolerance, k) => {
      expected[`nsd/${k}/value`] = theirs[`nsd_tol_${tolerance}`]
    })
    for (const [key, value] of Object.entries(expected)) expectScore(report, `${row}/${key}`, value, key)
    expectEmptySides(report, peer)
  })
})

/** One side empty: what can be missed is missed, and distances are the diagonal at worst. Both: nothing to say. */
function expectEmptySides(
  report: Record<string, unknown>,
  { state, n_edge_gt, spacing_row_col }: GoldenSurface,
) {
  const distances = ['hausdorff', 'hausdorff_95', 'assd', 'asd_ground_truth', 'asd_prediction']
  const rates = ['nsd/0/value', 'boundary_f1/0/f1', 'boundary_iou']
  const reasonAt = (key: string) => (report.reasons as Record<string, string>)[`${row}/${key}`]
  if ((state as unknown) === 'ok') return
  if ((state as unknown) === 'both empty') {
    for (const key of [...distances, ...rates]) {
      expect(at(report, `${row}/${key}`), key).toBeNull()
      expect(reasonAt(key), key).toBe('absent_both')
    }
    return
  }
  const empty = n_edge_gt === 0 ? 'empty_ground_truth' : 'empty_prediction'
  for (const key of rates) expect(at(report, `${row}/${key}`), key).toBe(0)
  for (const key of distances) {
    expect(at(report, `${row}/${key}`), key).toBeNull()
    expect(reasonAt(key), key).toBe(empty)
  }
  const { width, height } = report as { width: number; height: number }
  const [rowSize, columnSize] = spacing_row_col
  expect(at(report, `${row}/worst_case`)).toBeCloseTo(Math.hypot(height * rowSize, width * columnSize), 9)
}
