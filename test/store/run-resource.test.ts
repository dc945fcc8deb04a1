import { expect, it } from 'vitest'
import { runResource } from '../../src/store/runs/run-resource.ts'
import type { RunRow } from '../../src/store/runs/run-row.ts'

const started = new Date('2026-01-01T00:00:10Z')
const row = { started_at: started, created_at: started, finished_at: null, items: 4, bytes: 400, sources: {} }
const sums = { evaluation: 'x', done: 1, failed: 0, loss: 0, losses: 0, bytes: 100 }
const progressAt = (now: string) => runResource(row as unknown as RunRow, sums, new Date(now)).progress

it('a run tells how long it takes by its bytes, and nothing while the clock stands before its beginning', () => {
  expect(progressAt('2026-01-01T00:00:20Z')).toMatchObject({ rate: 0.1, eta_seconds: 30 })
  expect(progressAt('2025-12-31T00:00:00Z')).toMatchObject({ done: 1, rate: 0, eta_seconds: null })
})
