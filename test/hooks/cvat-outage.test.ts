import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deliver, halfWrong, missingBox, settingsFor } from './cvat-scene.ts'
import { FakeCvat, updateJob } from './fake-cvat.ts'
import { type HookedService, sharedHooked, startHooked, stopHooked } from './service.ts'

const cvat = new FakeCvat()
beforeAll(async () => {
  await cvat.tool.start()
})
beforeEach(() => cvat.reset())
afterAll(async () => {
  await stopHooked()
  await cvat.tool.stop()
})

const issuesPath = '/api/issues'
type Times = Parameters<typeof startHooked>[1]
const soon: Times = { retryDelaysMs: [], keptDelaysMs: [40, 160] }
const never: Times = { retryDelaysMs: [], keptDelaysMs: [60_000, 60_000] }
const start = (env: Record<string, string> = {}, times = soon) => startHooked(settingsFor(cvat, env), times)
const shared = (times = soon, env: Record<string, string> = {}) => sharedHooked(settingsFor(cvat, env), times)
const writing = (times = soon) => shared(times, { CVAT_WRITE_ISSUES: 'true' })
const metricsOf = (service: HookedService) => service.app.telemetry.metrics()
const doneOf = async (service: HookedService) =>
  Number(
    /^maskscore_hook_retries_total\{tool="cvat",outcome="done"\} (\d+)$/m.exec(
      await metricsOf(service),
    )?.[1] ?? 0,
  )
/** Waits until nothing is kept any more. */
async function emptied(service: HookedService) {
  await expect.poll(() => service.app.hooks.kept, { timeout: 10_000 }).toBe(0)
}

describe('an event that failed because CVAT was not there', () => {
  it.each([
    ['answers 500', () => cvat.tool.reject('GET', '/api/jobs', 500)],
    ['hangs up', () => Object.assign(cvat.tool, { isAway: true })],
    ['has a page of its own for an outage', () => cvat.tool.reject('GET', '/api/jobs', 302)],
  ])('is scored by itself when CVAT, which %s, is back', async (_, fail) => {
    const service = await shared()
    const before = await doneOf(service)
    const { job } = halfWrong(cvat)
    fail()
    const failed = await deliver(service, updateJob(job))
    expect(failed.status).toBe(502)
    expect(failed.json.detail).toContain('kept and tried again')
    expect(await metricsOf(service)).toContain('maskscore_hook_kept 1')
    const failures = () =>
      service.log.filter(
        ({ msg, detail }) => msg === 'hook retry failed' && `${detail}`.startsWith(`Job ${job.id} `),
      )
    await expect.poll(() => failures().length).toBeGreaterThan(0)
    cvat.tool.reset()
    const [scored, first] = await service.settled(2)
    expect(first).toMatchObject({ outcome: 'failed', is_kept: true })
    expect(scored).toMatchObject({ outcome: 'scored', retry_of: first.id, job: { job: job.id } })
    await emptied(service)
    expect(await doneOf(service)).toBe(before + 1)
  })

  it('is scored when CVAT was too slow', async () => {
    const service = await start({ TOOL_TIMEOUT: '30ms' })
    const { job } = halfWrong(cvat)
    cvat.tool.delayMs = 200
    expect((await deliver(service, updateJob(job))).status).toBe(502)
    cvat.tool.delayMs = 0
    expect((await service.settled(2))[0]).toMatchObject({ outcome: 'scored' })
  })

  it('is told again, and not scored twice, when CVAT sends it again too', async () => {
    const service = await shared()
    const event = updateJob(halfWrong(cvat).job)
    cvat.tool.isAway = true
    expect((await deliver(service, event)).status).toBe(502)
    cvat.tool.isAway = false
    await service.settled(2)
    const again = await deliver(service, event)
    expect(again.json).toMatchObject({ outcome: 'duplicate', summary: expect.stringContaining('mi_loss') })
  })

  it('is left to the later event of the same job', async () => {
    const service = await shared(never)
    const { job } = halfWrong(cvat)
    cvat.tool.isAway = true
    await deliver(service, updateJob(job))
    await deliver(service, updateJob(job))
    expect(service.app.hooks.kept).toBe(1)
    cvat.tool.isAway = false
    expect((await deliver(service, updateJob(job))).json.outcome).toBe('scored')
    expect(service.app.hooks.kept).toBe(0)
  })

  it('is one of many, of which one at a time asks whether CVAT is back', async () => {
    const service = await shared()
    const jobs = Array.from({ length: 12 }, () => halfWrong(cvat).job)
    cvat.tool.isAway = true
    for (const job of jobs) await deliver(service, updateJob(job))
    expect(service.app.hooks.kept).toBe(12)
    cvat.tool.seen.length = 0
    // The waits are 40, 80, 160, 160 ms: far fewer questions than 12 events would ask.
    await expect.poll(() => cvat.tool.seen.length, { timeout: 10_000 }).toBeGreaterThan(3)
    expect(cvat.tool.seen.length).toBeLessThan(8)
    cvat.tool.isAway = false
    await emptied(service)
    const scored = (await service.deliveries()).filter(({ outcome }) => outcome === 'scored')
    expect(new Set(scored.map(({ job }) => job!.job))).toEqual(new Set(jobs.map(({ id }) => id)))
  })

  it('is kept too when too many events wait', async () => {
    const service = await start({ QUEUE_LIMIT: '1' })
    cvat.tool.delayMs = 50
    const jobs = Array.from({ length: 5 }, () => halfWrong(cvat).job)
    const told = await Promise.all(jobs.map((job) => deliver(service, updateJob(job))))
    expect(told.filter(({ json }) => json.code === 'QUEUE_FULL')).toHaveLength(2)
    await emptied(service)
    const scored = (await service.deliveries()).filter(({ outcome }) => outcome === 'scored')
    expect(scored).toHaveLength(5)
  })

  it('is given up after its time, and said so', async () => {
    const service = await start({}, { ...soon, keptMs: 0 })
    cvat.tool.isAway = true
    await deliver(service, updateJob(halfWrong(cvat).job))
    const [last] = await service.settled(2)
    expect(last).toMatchObject({
      outcome: 'failed',
      code: 'TOOL_UNREACHABLE',
      detail: expect.stringContaining('given up'),
    })
    expect(service.app.hooks.kept).toBe(0)
  })
})

describe('issues that could not be written', () => {
  it.each([500, 403])('are written later: %i', async (status) => {
    const service = await writing()
    const { job } = missingBox(cvat)
    cvat.tool.reject('POST', issuesPath, status)
    const { json } = await deliver(service, updateJob(job))
    expect(json).toMatchObject({ outcome: 'scored', issues_written: 0 })
    expect(json.summary).toContain('kept and tried again')
    expect(cvat.issues).toEqual([])
    cvat.tool.accept('POST', issuesPath)
    const [later, first] = await service.settled(2)
    expect(later).toMatchObject({ outcome: 'scored', posted: 1, retry_of: first.id })
    expect(later.code).toBeUndefined()
    expect(cvat.issues).toMatchObject([{ job: job.id, frame: 1, position: [20, 10, 26, 15] }])
  })

  it.each([
    ['open', false],
    ['resolved meanwhile', true],
  ])('are not written twice where CVAT failed after it had written them: %s', async (_, resolved) => {
    const service = await writing({ ...soon, keptDelaysMs: [300, 300] })
    const { job } = missingBox(cvat)
    cvat.tool.muddle('POST', issuesPath)
    const { json } = await deliver(service, updateJob(job))
    expect(json).toMatchObject({ code: 'TOOL_UNREACHABLE', issues_written: 0 })
    expect(cvat.issues).toHaveLength(1)
    cvat.issues[0].resolved = resolved
    expect((await service.settled(2))[0]).toMatchObject({ outcome: 'scored', posted: 0 })
    expect(cvat.issues).toHaveLength(1)
    await emptied(service)
  })

  it('are written by the next event of the job, although nothing was drawn since', async () => {
    const service = await writing(never)
    const { job } = missingBox(cvat)
    cvat.tool.reject('POST', issuesPath, 500)
    await deliver(service, updateJob(job))
    cvat.tool.accept('POST', issuesPath)
    expect((await deliver(service, updateJob(job))).json).toMatchObject({
      outcome: 'scored',
      issues_written: 1,
    })
    expect(service.app.hooks.kept).toBe(0)
  })

  it('are those of the job as it is then', async () => {
    const service = await writing()
    const { job, reference } = missingBox(cvat)
    cvat.tool.reject('POST', issuesPath, 500)
    await deliver(service, updateJob(job))
    cvat.annotations.set(job.id, cvat.annotations.get(reference)!)
    cvat.tool.accept('POST', issuesPath)
    expect((await service.settled(2))[0]).toMatchObject({ outcome: 'scored', job: { findings: [] } })
    expect(cvat.issues).toEqual([])
  })

  it('are written once by two events of one job at the same time', async () => {
    const service = await writing()
    const { job } = missingBox(cvat)
    cvat.tool.delayMs = 20
    await Promise.all([deliver(service, updateJob(job)), deliver(service, updateJob(job, { x: 1 }))])
    expect(cvat.issues).toHaveLength(1)
  })
})

describe('a stop of the service', () => {
  it('tries what is kept once more', async () => {
    const service = await start({ CVAT_WRITE_ISSUES: 'true' }, never)
    const [one, other] = [missingBox(cvat), missingBox(cvat)]
    cvat.tool.reject('POST', issuesPath, 500)
    for (const { job } of [one, other]) await deliver(service, updateJob(job))
    cvat.tool.accept('POST', issuesPath)
    await service.close()
    expect(cvat.issues.map(({ job }) => job)).toEqual([one.job.id, other.job.id])
    expect((await service.deliveries()).map(({ posted }) => posted)).toEqual([1, 1, 0, 0])
  })

  it('names every event that is lost', async () => {
    const service = await start({}, never)
    const jobs = [halfWrong(cvat).job, halfWrong(cvat).job]
    cvat.tool.isAway = true
    for (const job of jobs) await deliver(service, updateJob(job))
    await service.close()
    const lost = (await service.deliveries()).filter(({ outcome }) => outcome === 'abandoned')
    for (const { id } of jobs)
      expect(lost.some(({ detail }) => detail?.startsWith(`Job ${id} of task`))).toBe(true)
    expect(lost).toHaveLength(2)
    const told = service.log.filter(({ outcome }) => outcome === 'abandoned')
    expect(told).toHaveLength(2)
  })

  it('does not wait for a retry that is in work longer than for other work', async () => {
    const service = await start({ REQUEST_TIMEOUT: '200ms', GRACE_PERIOD: '200ms' })
    cvat.tool.isAway = true
    await deliver(service, updateJob(halfWrong(cvat).job))
    cvat.tool.isAway = false
    cvat.tool.delayMs = 30_000
    cvat.tool.seen.length = 0
    await expect.poll(() => cvat.tool.seen.length).toBeGreaterThan(0)
    await service.close()
    expect((await service.deliveries())[0]).toMatchObject({ outcome: 'abandoned', code: 'DRAINING' })
  })
})
