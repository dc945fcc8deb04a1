import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { FakeLabelStudio, legacyToken } from './fake-label-studio.ts'
import { groundTruth, nextId, truth, webhook } from './label-studio-payloads.ts'
import { type HookedService, sharedHooked, startHooked, stopHooked } from './service.ts'

const secret = 'a-hook-secret'
const studio = new FakeLabelStudio()
beforeAll(() => studio.tool.start())
beforeEach(() => studio.reset())
afterAll(async () => {
  await stopHooked()
  await studio.tool.stop()
})

const settings = () => ({
  LABEL_STUDIO_HOOK_SECRET: secret,
  LABEL_STUDIO_URL: studio.tool.url,
  LABEL_STUDIO_TOKEN: legacyToken,
})
const soon = { retryDelaysMs: [], keptDelaysMs: [40, 160] as const }
const shared = () => sharedHooked(settings(), soon)
const deliver = ({ url }: HookedService, body: unknown) =>
  fetch(`${url}/v1/hooks/label-studio`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify(body),
  })
const emptied = (service: HookedService) =>
  expect.poll(() => service.app.hooks.kept, { timeout: 10_000 }).toBe(0)

const task = () => ({ id: 42, annotations: [truth], predictions: [] as object[] })
const predictionsOfTask = '/api/predictions/'

describe('an event that failed because Label Studio was not there', () => {
  it('is scored and written back when it is there again', async () => {
    const service = await shared()
    studio.tasks.set(42, task())
    studio.tool.isAway = true
    expect((await deliver(service, webhook())).status).toBe(202)
    const [failed] = await service.settled(1)
    expect(failed).toMatchObject({ outcome: 'failed', code: 'TOOL_UNREACHABLE', is_kept: true })
    studio.tool.isAway = false
    expect((await service.settled(2))[0]).toMatchObject({
      outcome: 'scored',
      retry_of: failed.id,
      posted: 1,
      annotations: [{ against: 'ground_truth' }],
    })
    await emptied(service)
    expect(studio.predictions).toHaveLength(1)
  })

  it('gets the score against its ground truth, and none against the pre-label before', async () => {
    const service = await shared()
    studio.tasks.set(42, task())
    studio.tool.reject('GET', '/api/tasks/42/', 502)
    const prediction = { id: 9, model_version: 'unet 3', result: groundTruth }
    await deliver(service, webhook({ annotation: { prediction } }))
    expect(await service.settled(1)).toMatchObject([
      { outcome: 'scored', is_kept: true, annotations: [{ against: 'pre_label' }] },
    ])
    studio.tool.accept('GET', '/api/tasks/42/')
    await service.settled(2)
    expect(studio.predictions).toMatchObject([{ task: 42, model_version: 'maskscore ground_truth' }])
    await emptied(service)
  })

  it('is left out when the annotation was changed since', async () => {
    const service = await shared()
    studio.tasks.set(42, task())
    const id = nextId()
    studio.tool.isAway = true
    await deliver(service, webhook({ annotation: { id, updated_at: '2026-01-10T09:00:00Z' } }))
    await service.settled(1)
    studio.tool.isAway = false
    await deliver(service, webhook({ annotation: { id, updated_at: '2026-01-10T09:05:00Z' } }))
    await emptied(service)
    const outcomes = (await service.settled(3)).map(({ outcome }) => outcome)
    expect(outcomes.sort()).toEqual(['failed', 'scored', 'stale'])
  })
})

it('a score that Label Studio failed after writing is changed, not written a second time', async () => {
  const service = await shared()
  const stored = task()
  studio.tasks.set(42, stored)
  studio.tool.muddle('POST', predictionsOfTask)
  await deliver(service, webhook())
  expect(await service.settled(1)).toMatchObject([{ outcome: 'scored', posted: 0, is_kept: true }])
  stored.predictions.push(...studio.predictions)
  expect((await service.settled(2))[0]).toMatchObject({ outcome: 'scored', posted: 1 })
  expect(studio.predictions).toHaveLength(1)
  expect(studio.tool.asked('PATCH', '/api/predictions/1/')).toHaveLength(1)
  await emptied(service)
})

it('events are kept up to the bytes of one request', async () => {
  const bytes = JSON.stringify(webhook()).length
  const limit = String(Math.round(2.5 * bytes))
  const service = await startHooked(
    { ...settings(), MAX_REQUEST_BYTES: limit, MAX_FILE_BYTES: limit },
    { ...soon, keptDelaysMs: [60_000, 60_000] },
  )
  studio.tool.isAway = true
  for (let sent = 1; sent <= 3; sent++) {
    await deliver(service, webhook())
    await service.settled(sent)
  }
  expect((await service.deliveries()).map(({ is_kept = false }) => is_kept)).toEqual([false, true, true])
  expect(service.app.hooks.kept).toBe(2)
})
