import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LabelMap } from '../../src/labels/label-map.ts'
import { mapPairs } from '../labels/label-maps.ts'
import { writePngSamples } from '../oracle/png-writer.ts'
import { at, form, type Service, startService } from './service.ts'

let single: Service
let several: Service
beforeAll(async () => {
  single = await startService()
  several = await startService({ MASKSCORE_THREADS: '3' })
})
afterAll(() => Promise.all([single.close(), several.close()]))

const png = ({ width, height, labels }: LabelMap, label = (value: number) => value): Uint8Array =>
  writePngSamples({
    width,
    height,
    bitDepth: 8,
    colourType: 0,
    samples: Uint16Array.from(labels, label),
  })

const options = {
  families: ['all'],
  include: ['contingency', 'segments', 'ami', 'miller_madow'],
}

async function score({ url }: Service, parts: Parameters<typeof form>[0]) {
  const response = await fetch(`${url}/v1/score`, { method: 'POST', body: form(parts) })
  const text = await response.text()
  expect(response.status, text).toBe(200)
  return { etag: response.headers.get('etag'), text, json: JSON.parse(text) as Record<string, unknown> }
}

const pairs = () => mapPairs({ mostLabels: 5 })

describe('a report', () => {
  it('is the same to the byte on one thread and on several at once, and in any order of parts', async () => {
    const anyPair = pairs().chain((maps) =>
      fc.record({ maps: fc.constant(maps), names: fc.shuffledSubarray(['a', 'b', 'c'], { minLength: 3 }) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(anyPair, { minLength: 1, maxLength: 5 }), async (batch) => {
        const requests = batch.map(({ maps: [truth, prediction], names }) => {
          const parts: Record<string, [string, Uint8Array | object]> = {
            a: ['ground_truth', png(truth)],
            b: ['prediction', png(prediction)],
            c: ['options', options],
          }
          return {
            ordered: Object.fromEntries(Object.values(parts)),
            shuffled: Object.fromEntries(names.map((name) => parts[name])),
          }
        })
        const alone = []
        for (const { ordered } of requests) alone.push(await score(single, ordered))
        const together = await Promise.all(requests.map(({ shuffled }) => score(several, shuffled)))
        expect(together).toEqual(alone)
      }),
      { numRuns: 25 },
    )
  })

  it('counts every pixel once: the table sums to the pixels counted', async () => {
    await fc.assert(
      fc.asyncProperty(pairs(), fc.nat({ max: 5 }), async ([truth, prediction], ignored) => {
        const { json } = await score(single, {
          ground_truth: png(truth),
          prediction: png(prediction),
          options: { ...options, ignore_labels: [ignored] },
        })
        const sum = (json.contingency as number[][]).reduce((total, [, , n]) => total + n, 0)
        const kept = truth.labels.filter((label) => label !== ignored).length
        expect(json.pixels).toEqual({
          total: truth.labels.length,
          counted: kept,
          ignored: truth.labels.length - kept,
        })
        expect(sum).toBe(kept)
      }),
      { numRuns: 40 },
    )
  })

  it('has a loss in [0, 1], the sum of its parts, symmetric, blind to names, 0 only for the same segments', async () => {
    await fc.assert(
      fc.asyncProperty(pairs(), fc.integer({ min: 1, max: 250 }), async ([truth, prediction], shift) => {
        const ask = async (ground_truth: Uint8Array, predicted: Uint8Array) =>
          (await score(single, { ground_truth, prediction: predicted, options: { families: ['overlap'] } }))
            .json
        const there = await ask(png(truth), png(prediction))
        const back = await ask(png(prediction), png(truth))
        const renamed = await ask(
          png(truth),
          png(prediction, (label) => (label * 3 + shift) % 256),
        )
        const loss = there.mi_loss as number
        expect(loss).toBeGreaterThanOrEqual(0)
        expect(loss).toBeLessThanOrEqual(1)
        expect((there.mi_loss_split as number) + (there.mi_loss_merge as number)).toBeCloseTo(loss, 14)
        expect([back.mi_loss, back.mi_loss_split]).toEqual([loss, there.mi_loss_merge])
        expect(renamed.mi_loss).toBe(loss)
        expect(loss === 0).toBe(samePartition(truth, prediction))
        if (truth.labels.every((label, i) => label === prediction.labels[i]))
          expect(at(there, '/overlap/mean_iou')).toBe(1)
      }),
      { numRuns: 60 },
    )
  })
})

/** Whether each label of one map goes with exactly one label of the other. */
function samePartition(a: LabelMap, b: LabelMap): boolean {
  const pairsOf = new Set(Array.from(a.labels, (label, i) => `${label} ${b.labels[i]}`))
  return pairsOf.size === new Set(a.labels).size && pairsOf.size === new Set(b.labels).size
}
