import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { FakeScale } from './fake-scale.ts'
import { type HookedService, sharedHooked, startHooked, stopHooked } from './service.ts'

const secret = 'live_auth_of_the_account'
const scale = new FakeScale()
beforeAll(async () => {
  await scale.tool.start()
})
beforeEach(() => scale.tool.reset())
afterAll(async () => {
  await stopHooked()
  await scale.tool.stop()
})

const settings = () => ({ SCALE_HOOK_SECRET: secret, SCALE_IMAGE_URLS: `${scale.tool.url}/masks/` })
const deliver = (
  { url }: HookedService,
  body: unknown,
  headers: Record<string, string> = { 'scale-callback-auth': secret },
) =>
  fetch(`${url}/v1/hooks/scale`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

/** 4 × 2 pixels: two cars of one column each beside road; the pre-label has one car, and names in another order. */
const response = () =>
  scale.segmentation(
    [
      [1, 2, 3, 3],
      [1, 2, 3, 3],
    ],
    { car: [{ index: 1 }, { index: 2, color: '#e6194b' }], road: { index: 3 } },
  )
const hypothesis = () =>
  scale.segmentation(
    [
      [7, 4, 4, 4],
      [7, 4, 4, 4],
    ],
    { road: { index: 4 }, car: { index: 7 } },
  )

describe('authentication', () => {
  it('refuses every callback until a secret is set, and says which setting is missing', async () => {
    const answer = await deliver(await startHooked(), {})
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({
      code: 'FORBIDDEN',
      detail: expect.stringContaining('MASKSCORE_SCALE_HOOK_SECRET'),
    })
  })

  it('refuses a callback without the key of the account, or with another', async () => {
    const service = await sharedHooked(settings())
    expect((await deliver(service, {}, {})).status).toBe(401)
    expect((await deliver(service, {}, { 'scale-callback-auth': `${secret}x` })).status).toBe(403)
    expect(await service.deliveries()).toEqual([])
  })
})

describe('a completed segmentation task', () => {
  it('has its pre-label scored as a prediction, labels met by name whatever their indexes', async () => {
    const service = await sharedHooked(settings())
    const event = scale.task(await response(), await hypothesis())
    const answer = await deliver(service, event)
    expect([answer.status, await answer.json()]).toEqual([202, { status: 'accepted' }])
    const [delivery] = await service.settled(1)
    expect(delivery).toMatchObject({
      tool: 'scale',
      event: 'segmentannotation completed',
      outcome: 'scored',
      // car: 2 of 4 pixels right, none too much; road: 4 right, 2 too much.
      pre_label: { task_id: event.task_id, mean_iou: (2 / 4 + 4 / 6) / 2, pixel_accuracy: 6 / 8 },
    })
  })

  it('is read from the image of 24 bits an index where there is one', async () => {
    const service = await sharedHooked(settings())
    const many = await scale.segmentation(
      [[70_000, 0, 300, 300]],
      { car: { index: 70_000 }, road: { index: 300 } },
      true,
    )
    await deliver(service, scale.task(many, many))
    const [delivery] = await service.settled(1)
    expect(delivery).toMatchObject({ outcome: 'scored', pre_label: { mi_loss: 0, mean_iou: 1 } })
  })

  it('takes labels that are called like members of objects', async () => {
    const service = await sharedHooked(settings())
    const one = await scale.segmentation([[1, 2]], { constructor: { index: 1 }, car: { index: 2 } })
    const other = await scale.segmentation([[1, 1]], { car: { index: 1 } })
    await deliver(service, scale.task(one, other))
    expect((await service.settled(1))[0]).toMatchObject({
      outcome: 'scored',
      pre_label: { pixel_accuracy: 0.5 },
    })
  })

  it('is scored once when the same callback comes again, and told as unchanged when only its status was audited', async () => {
    const service = await sharedHooked(settings())
    const event = scale.task(await response(), await hypothesis())
    await deliver(service, event)
    const [first] = await service.settled(1)
    const again = await deliver(service, event)
    expect([again.status, await again.json()]).toEqual([200, { status: 'duplicate' }])
    await deliver(service, { ...event, task: { ...event.task, audit: 'accepted' } })
    const [audited, repeated] = await service.settled(3)
    expect(repeated).toMatchObject({ outcome: 'duplicate', same_as: first.id })
    expect(audited).toMatchObject({ outcome: 'unchanged' })
  })

  it('is ignored, and it is said why, when there is no pre-label, another type or another status', async () => {
    const service = await sharedHooked(settings())
    const done = await response()
    for (const event of [
      scale.task(done),
      scale.task({ category: 'red' }, undefined, { type: 'categorization' }),
      scale.task({ error: 'no image' }, await hypothesis(), { status: 'error' }),
    ]) {
      const answer = await deliver(service, event)
      expect([answer.status, await answer.json()]).toEqual([200, { status: 'ignored' }])
    }
    const details = (await service.settled(3)).map(({ outcome, detail }) => `${outcome}: ${detail}`)
    expect(details[2]).toContain('ignored: The task')
    expect(details[2]).toContain('without a pre-label')
    expect(details[1]).toContain('"categorization" are not scored')
    expect(details[0]).toContain('is error')
  })
})

describe('what goes wrong', () => {
  it('is told in the delivery when a mask lies at an address that is not configured, which is never called', async () => {
    const service = await sharedHooked(settings())
    const good = await hypothesis()
    const away = structuredClone(good)
    for (const address of [`${scale.tool.url}/elsewhere/1`, `${scale.tool.url}/masks/../secret`]) {
      away.annotations.combined.indexedImage = address
      await deliver(service, scale.task(good, structuredClone(away)))
    }
    const deliveries = await service.settled(2)
    for (const delivery of deliveries)
      expect(delivery).toMatchObject({
        outcome: 'failed',
        code: 'FORBIDDEN',
        detail: expect.stringContaining('MASKSCORE_SCALE_IMAGE_URLS'),
      })
    expect(scale.tool.seen.filter(({ path }) => !path.startsWith('/masks/'))).toEqual([])
  })

  it('is told when an image has an index that no label has, and the query of no address is in it', async () => {
    const service = await sharedHooked(settings())
    const broken = await scale.segmentation([[1, 9]], { car: { index: 1 } })
    await deliver(service, scale.task(broken, await hypothesis()))
    const [delivery] = await service.settled(1)
    expect(delivery).toMatchObject({ outcome: 'failed', code: 'INVALID_ANNOTATION' })
    expect(JSON.stringify([delivery, service.log])).not.toContain('s3cret')
  })

  it('is refused with what is wrong when the body of a completed task has no label mapping', async () => {
    const service = await sharedHooked(settings())
    const answer = await deliver(service, scale.task({ annotations: {} }, await hypothesis()))
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({
      code: 'INVALID_ANNOTATION',
      errors: expect.arrayContaining([expect.objectContaining({ pointer: '/response/labelMapping' })]),
    })
  })

  it('passes by itself: a task whose masks could not be fetched is scored when the store is back', async () => {
    const service = await startHooked(settings(), { retryDelaysMs: [], keptDelaysMs: [40, 160] })
    const event = scale.task(await response(), await hypothesis())
    scale.tool.isAway = true
    await deliver(service, event)
    const [failed] = await service.settled(1)
    expect(failed).toMatchObject({ outcome: 'failed', code: 'TOOL_UNREACHABLE', is_kept: true })
    scale.tool.isAway = false
    expect((await service.settled(2))[0]).toMatchObject({ outcome: 'scored', retry_of: failed.id })
  })
})
