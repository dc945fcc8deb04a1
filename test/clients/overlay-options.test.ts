import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { overlayOptionsSchema } from '../../src/scoring/overlay.ts'
import { scoreOptionsSchema } from '../../src/scoring/request/options.ts'

it('the Python client asks for the overlay of a report with every option that both calls take', () => {
  const client = readFileSync(
    join(import.meta.dirname, '../../clients/python/maskscore/pair_calls.py'),
    'utf8',
  )
  const [, list = ''] = /^_OVERLAY_OPTIONS = \(\n([\s\S]*?)^\)/m.exec(client) ?? []
  const passed = [...list.matchAll(/"(\w+)"/g)].map(([, name]) => name)
  const shared = Object.keys(overlayOptionsSchema.shape).filter((name) => name in scoreOptionsSchema.shape)
  expect(passed.sort()).toEqual(shared.sort())
})
