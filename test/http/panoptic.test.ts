import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pngOf } from '../annotations/png.ts'
import { at, form, post, type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

interface Segment {
  readonly id: number
  readonly category_id: number
  readonly iscrowd?: number
}

const sidecar = (segments_info: readonly Segment[]) => ({
  categories: [...new Set(segments_info.map(({ category_id }) => category_id))].map((id) => ({
    id,
    name: `c${id}`,
  })),
  annotations: [{ image_id: 1, file_name: 'a.png', segments_info }],
})
const options = { families: ['instances'] }
const row = (ids: readonly number[]) =>
  pngOf(
    ids.length,
    1,
    3,
    ids.flatMap((id) => [id, 0, 0]),
  )

/** Panoptic quality of two rows of ids. */
async function quality(
  truth: readonly number[],
  truths: readonly Segment[],
  found: readonly number[],
  predicted: readonly Segment[],
) {
  const { status, json } = await post(
    service,
    '/v1/score',
    form({
      ground_truth: await row(truth),
      ground_truth_json: sidecar(truths),
      prediction: await row(found),
      prediction_json: sidecar(predicted),
      options,
    }),
  )
  expect(status, JSON.stringify(json)).toBe(200)
  return at(json, '/instances/panoptic') as { pq: number; tp: number; fp: number; fn: number }
}

const segment = (id: number, category_id: number, iscrowd = 0): Segment => ({ id, category_id, iscrowd })

describe('COCO panoptic pairs follow the rules of panopticapi', () => {
  it('a match needs the same category', async () => {
    const ids = [1, 1, 1, 1, 0]
    expect(await quality(ids, [segment(1, 5)], ids, [segment(1, 5)])).toMatchObject({
      pq: 1,
      tp: 1,
      fp: 0,
      fn: 0,
    })
    expect(await quality(ids, [segment(1, 5)], ids, [segment(1, 6)])).toMatchObject({
      pq: 0,
      tp: 0,
      fp: 1,
      fn: 1,
    })
  })

  it('predicted pixels on void are no part of the union, and a prediction mostly on void is forgiven', async () => {
    // IoU 2 / (2 + 4 − 2 − 2) = 1; of the second prediction 2 of 3 pixels are on void.
    const found = [1, 1, 1, 1, 2, 2, 2]
    const truth = [7, 7, 0, 0, 0, 0, 8]
    const scores = await quality(truth, [segment(7, 5), segment(8, 6)], found, [segment(1, 5), segment(2, 5)])
    expect(scores).toMatchObject({ tp: 1, fp: 0, fn: 1, pq: 0.5 })
  })

  it('a crowd is neither matched nor missed, and forgives predictions of its category only', async () => {
    const truth = [9, 9, 9, 9, 7, 7]
    const truths = [segment(9, 5, 1), segment(7, 5)]
    const found = [1, 1, 2, 2, 3, 3]
    const same = await quality(truth, truths, found, [segment(1, 5), segment(2, 5), segment(3, 5)])
    expect(same).toMatchObject({ tp: 1, fp: 0, fn: 0, pq: 1 })
    const other = await quality(truth, truths, found, [segment(1, 6), segment(2, 6), segment(3, 5)])
    expect(other).toMatchObject({ tp: 1, fp: 2, fn: 0, pq: 0.5 })
  })

  const golden = new URL('../../../shared/golden/real/', import.meta.url)
  it.skipIf(!existsSync(golden))(
    'a real image with void, a crowd and wrong categories: the values of panopticapi (skipped where the golden masks are not here)',
    async () => {
      const { cases } = JSON.parse(readFileSync(new URL('golden.json', golden), 'utf8'))
      const { gt, pred, extra, peers } = cases.find(({ id }: { id: string }) =>
        id.startsWith('real_panoptic'),
      )
      const { status, json } = await post(
        service,
        '/v1/score',
        form({
          ground_truth: readFileSync(new URL(gt, golden)),
          ground_truth_json: sidecar(extra.panoptic.gt_segments),
          prediction: readFileSync(new URL(pred, golden)),
          prediction_json: sidecar(extra.panoptic.pred_segments),
          options,
        }),
      )
      expect(status, JSON.stringify(json)).toBe(200)
      const { all, per_category } = peers.panopticapi
      const { pq, sq, rq, n_averaged } = at(json, '/instances/panoptic') as Record<string, number>
      expect([pq, sq, rq, n_averaged]).toEqual(
        [all.pq, all.sq, all.rq, all.n].map((value) => expect.closeTo(value, 12)),
      )
      const rows = at(json, '/instances/panoptic/per_category') as Record<string, number>[]
      expect(rows.length).toBe(Object.keys(per_category).length)
      for (const { label, pq, tp, fp, fn } of rows)
        expect({ pq, tp, fp, fn }).toEqual({
          pq: expect.closeTo(per_category[label].pq, 12),
          tp: per_category[label].tp,
          fp: per_category[label].fp,
          fn: per_category[label].fn,
        })
    },
  )
})
