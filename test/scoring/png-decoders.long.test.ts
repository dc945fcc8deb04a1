import { describe, expect, it } from 'vitest'
import type { ScoringContext } from '../../src/scoring/context.ts'
import { labelPngPair } from '../../src/scoring/pair/label-png-pair.ts'
import { parseScoreOptions } from '../../src/scoring/request/parse-options.ts'
import type { BodyPart } from '../../src/tasks/task.ts'
import { perform } from '../../src/workers/perform.ts'
import { type RandomRequest, randomRequest } from './random-requests.ts'

/** The whole answer but its times: bytes and fingerprint of a report, or everything of a refusal. */
async function answer(
  { groundTruth, prediction, options, limits }: Omit<RandomRequest, 'about'>,
  pngDecoder: ScoringContext['pngDecoder'],
): Promise<unknown> {
  const parts: BodyPart[] = [
    { name: 'ground_truth', bytes: groundTruth },
    { name: 'prediction', bytes: prediction },
    { name: 'options', bytes: new TextEncoder().encode(JSON.stringify(options)) },
  ]
  const outcome = await perform({ call: 'score', body: { type: 'parts', parts } }, { limits, pngDecoder })
  if (!outcome.ok) return outcome
  const { times, body, ...rest } = outcome
  return { ...rest, body: new TextDecoder().decode(body) }
}

/** Which of them the kernels counted without ever holding an image. */
function isCountedAsRowsCome({ groundTruth, prediction, options, limits }: RandomRequest): boolean {
  const file = (bytes: Uint8Array) => ({ kind: 'file', bytes }) as const
  const pair = { groundTruth: file(groundTruth), prediction: file(prediction) }
  const parsed = parseScoreOptions(options)
  const by = (pngDecoder: ScoringContext['pngDecoder']) =>
    labelPngPair(pair, parsed, { limits, pngDecoder }) !== undefined
  expect(by('sharp')).toBe(false)
  return by('auto')
}

describe('the label-PNG path and sharp', () => {
  it('give the same bytes of 1,000 random requests, refusals included', async () => {
    const seen = { counted: 0, refused: 0, warned: 0 }
    const codes = new Set<string>()
    for (let seed = 0; seed < 1000; seed++) {
      const request = randomRequest(seed)
      const [fast, exact] = [await answer(request, 'auto'), await answer(request, 'sharp')]
      expect(fast, request.about).toStrictEqual(exact)
      const { ok, code, body } = exact as { ok: boolean; code?: string; body?: string }
      if (code) codes.add(code)
      seen.counted += isCountedAsRowsCome(request) ? 1 : 0
      seen.refused += ok ? 0 : 1
      seen.warned += body?.includes('"warnings":[{') ? 1 : 0
    }
    expect(seen.counted).toBeGreaterThan(400)
    expect(seen.refused).toBeGreaterThan(100)
    expect(seen.warned).toBeGreaterThan(200)
    for (const code of ['CORRUPT', 'PALETTE_AMBIGUOUS', 'SIZE_MISMATCH', 'TOO_MANY_LABELS'])
      expect(codes).toContain(code)
  })
})
