import { describe, expect, it, vi } from 'vitest'
import type { ScoringContext } from '../../src/scoring/context.ts'
import type { Task } from '../../src/tasks/task.ts'

const given: ScoringContext[] = []
const context = { pngDecoder: 'auto' }

vi.mock('node:worker_threads', async (original) => {
  const { noCalls } = await import('../../src/workers/give-way.ts')
  return {
    ...(await original<typeof import('node:worker_threads')>()),
    workerData: { context: { pngDecoder: 'auto' }, calls: noCalls() },
  }
})
vi.mock('../../src/tasks/lower-priority.ts', () => ({ lowerPriority: () => undefined }))
vi.mock('../../src/workers/perform.ts', () => ({
  perform: async (_task: Task, context: ScoringContext) => {
    given.push(context)
    return { ok: false }
  },
}))

const { default: work } = await import('../../src/workers/worker.ts')
const body: Task['body'] = { type: 'json', bytes: new Uint8Array() }

describe('a worker', () => {
  it('gives way in the background, and never while somebody waits', async () => {
    await work({ call: 'score', body })
    await work({ call: 'evaluate', body, isBackground: true })
    expect(given).toEqual([context, { ...context, giveWay: expect.any(Function) }])
  })
})
