import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../src/limits.ts'
import { rehearse } from '../../src/rehearsal.ts'
import { loadSettings } from '../../src/settings/settings.ts'
import type { Task } from '../../src/tasks/task.ts'
import { perform } from '../../src/workers/perform.ts'
import { warmUpParts, warmUpTasks } from '../../src/workers/warm-up.ts'
import { startService } from './service.ts'

describe('warming up', () => {
  it.each([
    [1, 'png-grey1-expanded', 2],
    [8, 'png-grey8', 50],
    [16, 'png-grey16', 50],
  ] as const)(
    'scores masks of %i bits that both decoders read alike',
    async (bits, encoding, leastLabels) => {
      const answers = await Promise.all(
        (['auto', 'sharp'] as const).map(async (pngDecoder) => {
          const [task] = warmUpTasks(1, bits)
          const outcome = await perform(task, { limits: defaultLimits, pngDecoder })
          return outcome.ok ? new TextDecoder().decode(outcome.body) : outcome
        }),
      )
      expect(answers[0]).toBe(answers[1])
      const { mi_loss, ground_truth } = JSON.parse(String(answers[0]))
      // Neither equal nor constant: there is something to count.
      expect(mi_loss).toBeGreaterThan(0.1)
      expect(ground_truth).toMatchObject({ encoding })
      expect(ground_truth.labels).toBeGreaterThanOrEqual(leastLabels)
    },
  )

  it('rehearses requests whole: what the workers get is what was put in', async () => {
    const tasks: Task[] = []
    const pool = {
      run: async (task: Task) => {
        tasks.push(task)
        return { outcome: { ok: false, code: 'CORRUPT', detail: '', errors: [] }, queueMs: 0 }
      },
    }
    const settings = loadSettings({ MASKSCORE_KEYS: 'a:0123456789abcdef0123456789abcdef' })
    await rehearse({ settings, pool } as unknown as FastifyInstance, warmUpParts())
    expect(tasks.length).toBeGreaterThan(3)
    const { body } = tasks[0]
    const bytes = body.type === 'parts' ? body.parts.map((part) => [part.name, [...part.bytes]]) : []
    expect(bytes).toEqual(warmUpParts().map((part) => [part.name, [...part.bytes]]))
  })

  it('ends a rehearsal whose requests are refused before they are sent', async () => {
    let performed = 0
    const pool = { run: async () => performed++ }
    for (const more of [{}, { MASKSCORE_MAX_REQUEST_BYTES: '1000' }]) {
      const settings = loadSettings({ MASKSCORE_MAX_FILE_BYTES: '500', ...more })
      await rehearse({ settings, pool } as unknown as FastifyInstance, warmUpParts())
    }
    expect(performed).toBe(0)
  })

  it('leaves no trace in what the service tells about itself', async () => {
    const service = await startService({ MASKSCORE_THREADS: '2' }, {})
    try {
      while (!(await fetch(`${service.url}/readyz`)).ok) await sleep(10)
      const telemetry = await (await fetch(`${service.url}/metrics`)).text()
      expect(telemetry).not.toMatch(/^maskscore_scorings_total\{/m)
      expect(telemetry).not.toMatch(/http_route="\/v1\/score"/)
      const capacity = (await (await fetch(`${service.url}/v1/capacity`)).json()) as object
      expect(capacity).toMatchObject({ busy: 0, queued: 0 })
    } finally {
      await service.close()
    }
  })
})
