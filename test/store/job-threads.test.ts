import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { defaultLimits } from '../../src/limits.ts'
import { JobThreads } from '../../src/store/queue/job-threads.ts'
import type { TaskRunner } from '../../src/tasks/runner.ts'
import { npy } from '../evaluations/running/dataset.ts'

const folder = mkdtempSync(join(tmpdir(), 'maskscore-jobs-'))
const unused: TaskRunner = {
  run: () => Promise.reject(new Error('planning has no tasks')),
  statistics: { workers: 1, busy: 0, queued: 0, abandoned: 0, meanServiceMs: 0, restarts: 0 },
  isWhole: true,
}
const threads = new JobThreads(unused)
afterAll(async () => {
  await threads.close()
  rmSync(folder, { recursive: true })
})

writeFileSync(join(folder, 'mask.npy'), npy([0, 1]))

/** Plans a run over so many items, all of the same file. */
async function plan(items: number): Promise<number> {
  const run = join(folder, `run-${items}`)
  mkdirSync(run)
  const manifest = join(run, 'rows.ndjson')
  const row = { ground_truth: 'mask.npy', prediction: 'mask.npy' }
  writeFileSync(
    manifest,
    Array.from({ length: items }, (_, key) => `${JSON.stringify({ ...row, key: `${key}` })}\n`).join(''),
  )
  const planned = await threads.perform('plan', {
    folder: run,
    runs: folder,
    sources: { groundTruth: folder, manifest },
    options: { labels: 'classes' },
    isCheck: false,
    context: { limits: defaultLimits, pngDecoder: 'auto' },
  })
  return planned.items
}

it('a run of a few items is planned while one of many is', async () => {
  const [large, small] = [plan(40_000), plan(3)]
  expect(await Promise.race([large, small])).toBe(3)
  expect(await large).toBe(40_000)
}, 60_000)
