import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { memoryBound } from '../../src/settings/memory-bound.ts'
import { loadSettings } from '../../src/settings/settings.ts'

const mb = 2 ** 20
const boundOf = (env: Record<string, string>): number =>
  memoryBound(
    loadSettings(Object.fromEntries(Object.entries(env).map(([key, value]) => [`MASKSCORE_${key}`, value]))),
  )
const small = {
  THREADS: '1',
  QUEUE_LIMIT: '0',
  RECEIVE_LIMIT: '16',
  MAX_BUFFERED_BYTES: '64MB',
  MAX_REQUEST_BYTES: '64MB',
  MAX_PIXELS: String(mb),
  MAX_PROBABILITY_BYTES: '8MB',
  WORKER_MEMORY: '64MB',
  EVALUATIONS: 'off',
}

describe('the memory bound', () => {
  it('is the process, its worker, what receives, and the memory for bodies', () => {
    expect(boundOf(small)).toBe((160 + 1 + 1.5 * 64 + (40 + 64 + 40 + 3 * 8)) * mb)
  })

  it('grows with the queue and with those who send until the bodies together reach their bound', () => {
    const large = { ...small, MAX_BUFFERED_BYTES: '100GB' }
    expect(boundOf({ ...large, QUEUE_LIMIT: '1' }) - boundOf(large)).toBe(1.5 * 64 * mb)
    expect(boundOf({ ...large, RECEIVE_LIMIT: '32' }) - boundOf(large)).toBe((1 + 16 * 1.5 * 64) * mb)
    const bounded = { ...small, MAX_BUFFERED_BYTES: '100MB' }
    expect(boundOf({ ...bounded, QUEUE_LIMIT: '500' }) - boundOf(small)).toBe(1.5 * (100 - 64) * mb)
  })

  it('grows with every worker, and with the pixels and probability maps of each', () => {
    const two = { ...small, THREADS: '2', MAX_BUFFERED_BYTES: '64MB' }
    expect(boundOf(two) - boundOf(small)).toBe((40 + 64 + 40 + 3 * 8) * mb)
    expect(boundOf({ ...two, MAX_PIXELS: String(3 * mb) }) - boundOf(two)).toBe(2 * 2 * 40 * mb)
    expect(boundOf({ ...two, MAX_PROBABILITY_BYTES: '10MB' }) - boundOf(two)).toBe(2 * 3 * 2 * mb)
  })

  it('counts the embedded database where evaluations are kept in it, and nowhere else', () => {
    const kept = { ...small, EVALUATIONS: 'on' }
    expect(boundOf(kept) - boundOf(small)).toBe(256 * mb)
    const server = { DATABASE_URL: 'postgres://host/maskscore' }
    expect(boundOf({ ...kept, ...server })).toBe(boundOf(small))
  })

  it('is what the operations page says', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8')
    const said = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GB`
    expect(page).toContain(`two threads make ${said(boundOf({ THREADS: '2' }))}`)
    const container = {
      THREADS: '2',
      MAX_PIXELS: '16_777_216',
      MAX_BUFFERED_BYTES: '256MB',
      WORKER_MEMORY: '512MB',
      MAX_PROBABILITY_BYTES: '64MB',
    }
    expect(page).toContain(`make ${said(boundOf(container))} of`)
  })
})
