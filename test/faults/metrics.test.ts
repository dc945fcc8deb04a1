import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, post, type Service, startService } from '../http/service.ts'

interface Case {
  readonly id: string
  readonly source: string
  readonly fact: string
  readonly endpoint: string
  readonly request: object
  readonly expect: Readonly<Record<string, unknown>>
  readonly tolerance: number
}

const cases = readFileSync(join(import.meta.dirname, 'metrics.ndjson'), 'utf8')
  .trim()
  .split('\n')
  .map((line): Case => JSON.parse(line))

/** Whether a value is the right one: a number within the tolerance, anything else exactly. */
const isRight = (value: unknown, right: unknown, tolerance: number): boolean =>
  typeof value === 'number' && typeof right === 'number'
    ? Math.abs(value - right) <= tolerance
    : JSON.stringify(value) === JSON.stringify(right)

let service: Service
beforeAll(async () => {
  // The machine may be busy with other tests.
  service = await startService()
})
afterAll(() => service.close())

describe('faults that people reported of segmentation scores do not exist here', () => {
  it.each(cases.map((one) => [`${one.fact} (${one.source}, ${one.id})`, one] as const))(
    '%s',
    async (_, { endpoint, request, expect: right, tolerance }) => {
      const { status, json } = await post(service, endpoint, request)
      const answer = { ...json, status }
      const got = Object.keys(right).map((pointer) => [pointer, at(answer, pointer)] as const)
      const wrong = got.filter(([pointer, value]) => !isRight(value, right[pointer], tolerance))
      const problem = status === 200 || '/status' in right ? {} : { problem: json }
      expect({ ...Object.fromEntries(wrong), ...problem }).toEqual({})
    },
  )
})
