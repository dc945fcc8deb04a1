import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { post, type Service, startService } from '../http/service.ts'
import { differences } from './compare.ts'
import { expectedReport } from './expected-report.ts'
import { randomCase } from './requests/random-case.ts'

/** CONTRACT_CASES=2000 compares that many; CONTRACT_FIRST is the first seed. */
const cases = Number(process.env.CONTRACT_CASES ?? 300)
const first = Number(process.env.CONTRACT_FIRST ?? 1)
const block = 50

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

describe('a plain reading of the contract, which shares no code with the service, expects the same answers', () => {
  it.each(Array.from({ length: Math.ceil(cases / block) }, (_, k) => first + k * block))(
    `of the ${block} random requests from seed %i on`,
    async (from) => {
      for (let seed = from; seed < from + block; seed++) {
        const { request, groundTruth, prediction, options } = await randomCase(seed)
        const { status, json } = await post(service, '/v1/score', request)
        const found =
          status === 200 ? differences(json, expectedReport(groundTruth, prediction, options)) : json
        expect({ seed, request: found.length === 0 ? '' : JSON.stringify(request), found }).toEqual({
          seed,
          request: '',
          found: [],
        })
      }
    },
    600_000,
  )
})
