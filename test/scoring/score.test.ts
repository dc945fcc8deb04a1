import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../src/limits.ts'
import { sumTables } from '../../src/metrics/table/contingency-table.ts'
import { parseScoreOptions } from '../../src/scoring/request/parse-options.ts'
import { scorePair } from '../../src/scoring/score.ts'
import { scoreTable } from '../../src/scoring/table.ts'
import { perform } from '../../src/workers/perform.ts'
import { randomRequest } from './random-requests.ts'

const context = { limits: defaultLimits, pngDecoder: 'auto' } as const
const rows = (...data: number[][]) => ({ kind: 'labels', data }) as const

describe('scoring a pair from code', () => {
  it('gives the report that the HTTP call gives of the same bytes', async () => {
    let compared = 0
    for (let seed = 0; compared < 10; seed++) {
      const { groundTruth, prediction, options, limits } = randomRequest(seed)
      const file = (bytes: Uint8Array) => ({ kind: 'file', bytes }) as const
      const body = (name: string, bytes: Uint8Array) => ({ name, bytes: new Uint8Array(bytes) })
      const parts = [
        body('ground_truth', groundTruth),
        body('prediction', prediction),
        body('options', new TextEncoder().encode(JSON.stringify(options))),
      ]
      const called = await perform(
        { call: 'score', body: { type: 'parts', parts } },
        { limits, pngDecoder: 'auto' },
      )
      if (!called.ok) continue
      const masks = { groundTruth: file(groundTruth), prediction: file(prediction) }
      const { report } = await scorePair(masks, parseScoreOptions(options), { limits, pngDecoder: 'auto' })
      expect(JSON.stringify(report)).toBe(new TextDecoder().decode(called.body))
      compared++
    }
  })

  it('gives the counts behind the report, so that those of several pairs can be added', async () => {
    const options = parseScoreOptions({ families: ['overlap'] })
    const first = { groundTruth: rows([0, 1, 1]), prediction: rows([0, 1, 0]) }
    const second = { groundTruth: rows([1, 1], [0, 2]), prediction: rows([1, 2], [0, 2]) }
    const both = { groundTruth: rows([0, 1, 1, 1, 1, 0, 2]), prediction: rows([0, 1, 0, 1, 2, 0, 2]) }
    const tables = []
    for (const pair of [first, second]) tables.push((await scorePair(pair, options, context)).counted.classes)
    const pooled = scoreTable(sumTables(tables), options)
    const { report } = await scorePair(both, options, context)
    expect(pooled.pixels.total).toBe(7)
    expect(pooled.overlap).toEqual(report.overlap)
    expect(pooled.mi_loss).toBe(report.mi_loss)
  })

  it('lets others go first before each mask, before it counts, and before the scores', async () => {
    let ways = 0
    const giveWay = () => {
      ways++
    }
    const pair = { groundTruth: rows([0, 1]), prediction: rows([0, 1]) }
    await scorePair(pair, parseScoreOptions({}), { ...context, giveWay })
    expect(ways).toBe(4)
  })

  it('reads options once for many pairs, with the void of a preset', () => {
    expect(parseScoreOptions({ ground_truth: { preset: 'voc' } }).ignore_labels).toEqual([255])
    expect(parseScoreOptions(undefined).families).toEqual(['information', 'pairs', 'overlap'])
    expect(() => parseScoreOptions({ famlies: [] })).toThrow(/famlies/)
  })
})
