import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GoldenPeers } from '../metrics/golden-cases.ts'
import { expectScore } from './expect-score.ts'
import {
  type GoldenCase,
  type GoldenSet,
  goldenFile,
  goldenOptions,
  hasRealGolden,
  loadGolden,
  ownGolden,
  realGolden,
} from './golden-cases.ts'
import { type GoldenField, goldenFields, perClassFields } from './golden-fields.ts'
import { at, form, post, type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const suites = [
  { name: 'own golden cases', folder: ownGolden, present: true },
  {
    name: 'golden cases of real data (skipped without ../shared/golden/real)',
    folder: realGolden,
    present: hasRealGolden,
  },
]

for (const { name, folder, present } of suites)
  describe.skipIf(!present)(`${name}, over HTTP`, () => {
    const set: GoldenSet = present ? loadGolden(folder) : { folder, cases: [] }
    it.each(set.cases.map((golden) => [golden.id, golden] as const))('%s', async (_, golden) => {
      const { status, json } = await post(
        service,
        '/v1/score',
        form({
          ground_truth: goldenFile(set, golden.gt),
          prediction: goldenFile(set, golden.pred),
          options: {
            families: ['information', 'pairs', 'overlap', 'regions', 'instances'],
            log_base: 'e',
            include: ['ami', 'miller_madow', 'contingency'],
            ...goldenOptions(golden),
          },
        }),
      )
      expect(status, JSON.stringify(json)).toBe(200)
      expect(at(json, '/pixels/counted')).toBe(golden.expected.counted_pixels)
      const triples = golden.expected.contingency?.triples_gt_pred_count
      if (triples) expect(json.contingency).toEqual(triples)
      for (const field of goldenFields) expectField(golden, json, field)
      expectClasses(golden, json)
      expectInstances(golden, json)
    })
  })

function expectField(golden: GoldenCase, report: unknown, field: GoldenField): void {
  const peer = at(golden.expected, `/${field.path.join('/')}`)
  if (peer === undefined) return
  const where = `${golden.id} ${field.pointer} (${field.path.join('.')})`
  const decided = decisions[golden.id]?.[field.pointer]
  expectScore(report, field.pointer, decided === undefined ? peer : decided, where, field)
}

function expectClasses(golden: GoldenCase, report: unknown): void {
  const rows = golden.expected.classes?.per_class as Record<string, unknown>[] | undefined
  rows?.forEach((row, index) => {
    expect(at(report, `/overlap/per_class/${index}/label`)).toBe(row.label)
    for (const key of perClassFields) {
      const pointer = `/overlap/per_class/${index}/${key}`
      const decided = decisions[golden.id]?.[pointer]
      expectScore(report, pointer, decided === undefined ? row[key] : decided, `${golden.id} ${pointer}`)
    }
  })
}

interface GoldenThreshold {
  readonly ge: Record<string, unknown>
  readonly gt: Record<string, unknown>
}

function expectInstances(golden: GoldenCase, report: unknown): void {
  const peer = golden.expected.instances
  if (!peer) return
  expect(at(report, '/instances/ground_truth_count')).toBe(peer.n_gt)
  expect(at(report, '/instances/prediction_count')).toBe(peer.n_pred)
  const thresholds = peer.thresholds as Record<string, GoldenThreshold>
  const rows = at(report, '/instances/thresholds') as { iou: number }[]
  rows.forEach((row, index) => {
    const expected = thresholds[row.iou.toFixed(2)]
    if (!expected) return
    const names = {
      tp: 'tp',
      fp: 'fp',
      fn: 'fn',
      precision: 'precision',
      recall: 'recall',
      f1: 'f1',
      ap_dsb: 'ap_tp_over_tp_fp_fn',
    }
    for (const [key, name] of Object.entries(names))
      expectScore(
        report,
        `/instances/thresholds/${index}/${key}`,
        expected.ge[name],
        `${golden.id} ≥ ${row.iou} ${key}`,
      )
  })
  for (const key of ['tp', 'fp', 'fn', 'pq', 'sq', 'rq'])
    expectScore(
      report,
      `/instances/panoptic/${key}`,
      thresholds['0.50'].gt[key],
      `${golden.id} panoptic ${key}`,
    )
  expectScore(report, '/instances/mean_ap_dsb', peer.mean_ap_050_095_ge, `${golden.id} mean_ap_dsb`)
  for (const key of ['aji', 'aji_plus', 'sbd'])
    if (peer[key] !== undefined) expectScore(report, `/instances/${key}`, peer[key], `${golden.id} ${key}`)
  expectPeers(golden, report, rows)
}

/** Scores of the peers' own programs, in float32 or with 1e-6 added to a denominator. */
function expectPeers(
  { id, peers = {} }: GoldenCase,
  report: unknown,
  rows: readonly { iou: number }[],
): void {
  const { stardist, cellpose, hover_net } = peers as GoldenPeers
  const near = { tolerance: 1e-5 }
  const expectRow = (iou: number, key: string, value: unknown) =>
    expectScore(
      report,
      `/instances/thresholds/${rows.findIndex((row) => row.iou === iou)}/${key}`,
      value,
      `${id} ${key}`,
      near,
    )
  for (const [iou, theirs] of Object.entries(stardist ?? {})) {
    for (const key of ['tp', 'fp', 'fn', 'precision', 'recall', 'f1'])
      expectRow(Number(iou), key, theirs[key])
    expectRow(Number(iou), 'ap_dsb', theirs.accuracy)
  }
  cellpose?.ap_050_075_090.forEach((ap, k) => {
    expectRow([0.5, 0.75, 0.9][k], 'ap_dsb', ap)
  })
  if (!hover_net) return
  for (const key of ['aji', 'aji_plus'] as const)
    expectScore(report, `/instances/${key}`, hover_net[key], `${id} hover_net ${key}`, near)
  for (const [k, key] of ['rq', 'sq', 'pq'].entries())
    expectScore(report, `/instances/panoptic/${key}`, hover_net.dq_sq_pq[k], `${id} hover_net ${key}`, near)
}

/** Identical partitions without one pair of equal labels. */
const noPairs = {
  '/pairs/fmi': 1,
  '/pairs/pair_precision': 1,
  '/pairs/pair_recall': 1,
  '/pairs/adapted_rand_error': 0,
}

/**
 * Corner values where this service decides otherwise than the peer (docs/definitions.md says why): identical
 * partitions agree perfectly, also where the peer has 0/0; a zero denominator is undefined, not 0.
 */
const decisions: Readonly<Record<string, Readonly<Record<string, number | 'undefined'>>>> = {
  constant_same: { '/overlap/kappa': 1, '/overlap/mcc': 'undefined' },
  constant_different: { '/overlap/mcc': 'undefined' },
  gt_constant: { '/overlap/mcc': 'undefined' },
  pred_constant: { '/overlap/mcc': 'undefined' },
  empty_prediction: { '/overlap/mcc': 'undefined' },
  empty_gt: { '/overlap/mcc': 'undefined' },
  both_empty: { '/overlap/kappa': 1, '/overlap/mcc': 'undefined' },
  single_pixel: { ...noPairs, '/overlap/kappa': 1, '/overlap/mcc': 'undefined' },
  single_pixel_differs: { ...noPairs, '/overlap/mcc': 'undefined' },
  all_singletons: noPairs,
  singletons_vs_constant: { '/pairs/adapted_rand_error': 1, '/pairs/fmi': 0 },
}
