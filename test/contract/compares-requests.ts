import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { post, type Service, startService } from '../http/service.ts'
import { differences } from './compare.ts'
import { expectedOverlay } from './expected-overlay.ts'
import { expectedReport } from './expected-report.ts'
import { expectedSpread } from './expected-spread.ts'
import { overlayOptions } from './requests/overlay-options.ts'
import { randomAgreement } from './requests/random-agreement.ts'
import { randomCase } from './requests/random-case.ts'

const block = 50
/** So many requests are under way at a time. */
const together = 10

interface Asked {
  readonly request: object
  readonly expected: Record<string, unknown>
}

const calls: Record<string, { share: number; ask(seed: number): Promise<Asked | undefined> }> = {
  '/v1/score': {
    share: 1,
    async ask(seed) {
      const { request, groundTruth, prediction, options } = await randomCase(seed)
      return { request, expected: expectedReport(groundTruth, prediction, options) }
    },
  },
  '/v1/overlay': {
    share: 0.25,
    async ask(seed) {
      const { request, groundTruth, prediction, options: all } = await randomCase(seed)
      if (all.stack) return undefined
      const options = overlayOptions(all)
      return { request: { ...request, options }, expected: expectedOverlay(groundTruth, prediction, options) }
    },
  },
  '/v1/agreement': {
    share: 0.25,
    async ask(seed) {
      const { request, ...asked } = await randomAgreement(seed)
      return { request, expected: expectedSpread(asked) }
    },
  },
}

/** Fails with the request that another answer was expected of. */
async function compare(service: Service, call: string, seed: number): Promise<void> {
  const asked = await calls[call].ask(seed)
  if (!asked) return
  const { request, expected } = asked
  const { status, json } = await post(service, call, request, { accept: 'application/json' })
  const found = status === 200 ? differences(json, expected) : json
  const isSame = Array.isArray(found) && found.length === 0
  expect({ seed, found, request: isSame ? '' : JSON.stringify(request) }).toEqual({
    seed,
    found: [],
    request: '',
  })
}

/** Tests that a service answers random requests, from seed `first` on, as a plain reading of the contract expects. */
export function comparesRequests(first: number, cases: number): void {
  const blocks = Object.entries(calls).flatMap(([call, { share }]) =>
    Array.from({ length: Math.ceil((cases * share) / block) }, (_, k) => [call, first + k * block] as const),
  )
  describe('a plain reading of the contract, which shares no code with the service, expects the same answers', () => {
    let service: Service
    beforeAll(async () => {
      service = await startService({ MASKSCORE_THREADS: '2' })
    })
    afterAll(() => service.close())

    it.each(blocks)(
      `of %s to ${block} random requests, from seed %i on`,
      async (call, from) => {
        for (let seed = from; seed < from + block; seed += together)
          await Promise.all(Array.from({ length: together }, (_, k) => compare(service, call, seed + k)))
      },
      600_000,
    )
  })
}
