import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, post, type Service, startService } from '../http/service.ts'

/** Pages whose examples are a body of POST /v1/score and a table with fields of the answer. */
const pages = ['faq.md', 'choosing.md']
const example =
  /```json\n(\{"ground_truth"[\s\S]*?)```\n\n\| field \| answer \|\n\|---\|---\|\n((?:\|.*\|\n)+)/g

const examples = pages.flatMap((page) => {
  const text = readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8')
  expect(text.match(/```json\n\{"ground_truth"/g)).toHaveLength([...text.matchAll(example)].length)
  return text.split(/^## /m).flatMap((section) =>
    [...section.matchAll(example)].map(([, body, table], index) => ({
      name: `${page}: ${section.slice(0, section.indexOf('\n'))} ${index + 1}`,
      body: JSON.parse(body) as object,
      rows: [...table.matchAll(/^\| `(.+)` \| (.+) \|$/gm)].map(([, pointer, told]) => ({ pointer, told })),
    })),
  )
})

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

describe('the answer to an example is what its table says', () => {
  it.each(examples)('$name', async ({ body, rows }) => {
    const { status, json } = await post(service, '/v1/score', body)
    expect(status, JSON.stringify(json)).toBe(200)
    expect(rows.length).toBeGreaterThan(0)
    for (const { pointer, told } of rows) {
      const value = at(json, pointer)
      expect(typeof value === 'number' ? String(Number(value.toFixed(4))) : String(value), pointer).toBe(told)
    }
  })
})
