import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KilledRun, rowsOf } from './killed-run.ts'

describe('a run that is killed and resumed', () => {
  const run = new KilledRun(200)
  beforeAll(() => run.undisturbed())
  afterAll(() => rmSync(run.folder, { recursive: true }))

  it('leaves the same files as an undisturbed one, killed while it scores', async () => {
    const { rows, different } = await run.kill((out) => rowsOf(out) > 30)
    expect(rows).toBeGreaterThan(30)
    expect(different).toEqual([])
  })

  it('leaves the same files as an undisturbed one, killed while it finishes', async () => {
    const { rows, different } = await run.kill((out) => run.isScored(out))
    expect(rows).toBe(200)
    expect(different).toEqual([])
  })
})
