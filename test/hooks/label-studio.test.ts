import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { largeBrush } from '../../bench/service/large-brush.ts'
import { form, post } from '../http/service.ts'
import { FakeLabelStudio, legacyToken, refreshToken } from './fake-label-studio.ts'
import { FakeTool } from './fake-tool.ts'
import { drawn, expectedIou, groundTruth, nextId, truth, webhook } from './label-studio-payloads.ts'
import { type HookedService, sharedHooked, startHooked, stopHooked } from './service.ts'

const secret = 'a-hook-secret'
const studio = new FakeLabelStudio()
beforeAll(() => studio.tool.start())
beforeEach(() => studio.reset())
afterAll(async () => {
  await stopHooked()
  await studio.tool.stop()
})

/** As Python's requests posts it for Label Studio. */
const deliver = (
  { url }: HookedService,
  body: unknown,
  headers: Record<string, string> = { authorization: `Bearer ${secret}` },
  path = '/v1/hooks/label-studio',
) =>
  fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'python-requests/2.32.3', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const withoutToken = (more: Record<string, string> = {}) =>
  sharedHooked({ LABEL_STUDIO_HOOK_SECRET: secret, ...more })
const toolSettings = (token: string) => ({
  LABEL_STUDIO_HOOK_SECRET: secret,
  LABEL_STUDIO_URL: studio.tool.url,
  LABEL_STUDIO_TOKEN: token,
})
const withToken = (token = refreshToken) => sharedHooked(toolSettings(token))
const task = (more: object = {}) => ({ id: 42, annotations: [truth], predictions: [], ...more })

describe('authentication', () => {
  it('refuses everybody until a secret is set, and says how to set it', async () => {
    const service = await startHooked()
    const answer = await deliver(service, webhook())
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({
      code: 'FORBIDDEN',
      detail: expect.stringContaining('MASKSCORE_LABEL_STUDIO_HOOK_SECRET'),
    })
  })

  it('accepts the secret of the hook, and neither accepts nor needs a key of the service', async () => {
    const key = 'k'.repeat(16)
    const service = await withoutToken({ KEYS: `ci:${key}` })
    expect((await deliver(service, webhook(), {})).status).toBe(401)
    expect((await deliver(service, webhook(), { authorization: `Bearer ${key}` })).status).toBe(403)
    expect((await deliver(service, webhook(), { authorization: `Bearer ${secret}x` })).status).toBe(403)
    expect((await deliver(service, webhook())).status).toBe(202)
    await service.settled(1)
    const list = (headers: Record<string, string>) =>
      fetch(`${service.url}/v1/hooks/deliveries`, { headers }).then(({ status }) => status)
    expect(await list({})).toBe(401)
    expect(await list({ authorization: `Bearer ${key}` })).toBe(200)
  })
})

describe('scores', () => {
  it('are those of the same payloads as files and as JSON, and the independent decoder’s', async () => {
    const service = await withoutToken()
    const body = webhook({ task: { annotations: [truth] } })
    await deliver(service, body)
    const [{ outcome, annotations }] = await service.settled(1)
    expect(outcome).toBe('scored')
    const hooked = annotations![0]
    const options = { families: ['overlap'] }
    const encode = (value: object) => new TextEncoder().encode(JSON.stringify(value))
    const asFiles = await post(
      service,
      '/v1/score',
      form({ ground_truth: encode(groundTruth), prediction: encode(drawn), options }),
    )
    const asJson = await post(service, '/v1/score', {
      ground_truth: { format: 'label_studio', data: groundTruth },
      prediction: { format: 'label_studio', data: webhook() },
      options,
    })
    for (const { status, json } of [asFiles, asJson]) {
      expect(status, JSON.stringify(json)).toBe(200)
      const { mi_loss, mi_loss_split, mi_loss_merge, overlap } = json as Record<string, never>
      const { mean_iou, pixel_accuracy } = overlap as Record<string, number>
      expect(hooked.ground_truth).toMatchObject({
        mi_loss,
        mi_loss_split,
        mi_loss_merge,
        mean_iou,
        pixel_accuracy,
      })
      expect(hooked.score).toBe(1 - mi_loss)
    }
    const iou = Object.fromEntries(hooked.ground_truth!.classes.map(({ name, iou }) => [name, iou]))
    expect(iou.Cell).toBeCloseTo(expectedIou.Cell, 12)
    expect(iou.Leaf).toBeCloseTo(expectedIou.Leaf, 12)
    expect(hooked).toMatchObject({
      annotation: body.annotation.id,
      task: 42,
      annotator: 8,
      against: 'ground_truth',
    })
  })

  it('tell the drift from the pre-label that the payload carries, with no token', async () => {
    const service = await withoutToken()
    const prediction = { id: 9, model_version: 'unet 3', result: groundTruth }
    await deliver(service, webhook({ action: 'ANNOTATION_CREATED', annotation: { prediction } }))
    const [{ annotations }] = await service.settled(1)
    // The annotation is the ground truth here: what the annotator made of the pre-label.
    expect(annotations![0]).toMatchObject({
      against: 'pre_label',
      drift: { prediction: 9, model_version: 'unet 3' },
    })
    expect(annotations![0].drift!.mi_loss).toBeGreaterThan(0)
    expect(annotations![0].score).toBe(1 - annotations![0].drift!.mi_loss!)
  })

  it('bring their warnings along', async () => {
    const service = await withoutToken()
    const point = {
      ...drawn[0],
      id: 'a-point',
      type: 'keypointlabels',
      value: { x: 1, y: 1, keypointlabels: ['Cell'] },
    }
    const result = [...drawn, point]
    await deliver(service, webhook({ annotation: { result }, task: { annotations: [truth] } }))
    const [delivery] = await service.settled(1)
    const [scores] = delivery.annotations!
    expect(scores.ground_truth!.warnings).toContain('REGION_SKIPPED')
    expect(scores.ground_truth!.notes[0]).toMatch(/^[A-Z_]+: .*\.$/)
    expect(delivery.detail).toContain('Warning REGION_SKIPPED: ')
  })

  it('take an annotation without regions for an empty mask', async () => {
    const service = await withoutToken()
    await deliver(service, webhook({ annotation: { result: [] }, task: { annotations: [truth] } }))
    const [{ annotations }] = await service.settled(1)
    // One label against several: nothing is known, and only the background is shared.
    expect(annotations![0].ground_truth).toMatchObject({ mi_loss: 1 })
    expect(annotations![0].score).toBe(0)
  })

  it.each([
    ['the ground truth itself', { ground_truth: true }, 'ground truth itself'],
    ['a cancelled annotation', { was_cancelled: true }, 'cancelled'],
  ])('are not made of %s', async (_, annotation, note) => {
    const service = await withoutToken()
    await deliver(service, webhook({ annotation, task: { annotations: [truth] } }))
    const [delivery] = await service.settled(1)
    expect(delivery).toMatchObject({ outcome: 'nothing_to_score', detail: expect.stringContaining(note) })
  })

  it('of a bulk event are computed one by one, each against the ground truth of its own task', async () => {
    const service = await withoutToken()
    const body = webhook({ action: 'ANNOTATIONS_CREATED' })
    const annotation = [
      { ...body.annotation, id: 11, task: 5 },
      { ...body.annotation, id: 12, task: 6, result: groundTruth },
      { ...body.annotation, id: 13, task: 6, result: [{ type: 'brushlabels', value: { rle: [1] } }] },
    ]
    const tasks = [5, 6].map((id) => ({ ...body.task, id, annotations: [truth] }))
    await deliver(service, { ...body, annotation, task: tasks })
    const [{ annotations, code }] = await service.settled(1)
    expect(annotations!.map(({ annotation, task, score }) => [annotation, task, score !== null])).toEqual([
      [11, 5, true],
      [12, 6, true],
      [13, 6, false],
    ])
    expect(annotations![1].score).toBe(1)
    expect(annotations![2].code).toBe('INVALID_ANNOTATION')
    expect(code).toBe('INVALID_ANNOTATION')
  })
})

describe('acknowledging', () => {
  it.each([
    ['another event', { action: 'PROJECT_UPDATED', project: { id: 3 } }, 'ignored', 'not scored'],
    ['an unknown event', { action: 'PING' }, 'ignored', 'not scored'],
    ['an event without its payload', { action: 'ANNOTATION_CREATED' }, 'ignored', 'Send payload'],
    ['no action', {}, 'ignored', 'not scored'],
    ['something else than JSON', 'action=PING', 'failed', 'not JSON'],
    ['something else than an object', '[]', 'failed', 'object'],
  ])('answers 2xx to %s', async (_, body, outcome, detail) => {
    const service = await withoutToken()
    expect((await deliver(service, body)).status).toBe(202)
    const [delivery] = await service.settled(1)
    expect(delivery).toMatchObject({ outcome, detail: expect.stringContaining(detail) })
  })

  it('does not wait for the work, even when the body is large and the workers are busy', async () => {
    const service = await withoutToken()
    const body = webhook({ annotation: { result: [largeBrush(1000)] }, task: { annotations: [truth] } })
    expect(JSON.stringify(body).length).toBeGreaterThan(4e6)
    expect((await deliver(service, body)).status).toBe(202)
    expect(await service.deliveries()).toEqual([])
    const [delivery] = await service.settled(1)
    // 1000 × 1000 against 320 × 240: read whole, and refused for what it is.
    expect(delivery).toMatchObject({ outcome: 'failed', code: 'SIZE_MISMATCH' })
  })

  it('acknowledges and drops an event for which there is no memory', async () => {
    const service = await withoutToken({ MAX_REQUEST_BYTES: '10KB', MAX_FILE_BYTES: '10KB' })
    expect(await (await deliver(service, webhook({ task: { annotations: [truth] } }))).json()).toEqual({
      status: 'dropped',
    })
    expect(await service.settled(1)).toMatchObject([{ outcome: 'dropped', code: 'INPUT_TOO_LARGE' }])
    const text = await service.app.telemetry.metrics()
    expect(text).toContain('maskscore_hook_deliveries_total{tool="label_studio",outcome="dropped"} 1')
  })

  it('acknowledges and drops an event when too many wait', async () => {
    studio.tool.delayMs = 300
    studio.tasks.set(42, task())
    const service = await startHooked({ ...toolSettings(legacyToken), QUEUE_LIMIT: '1' })
    const events = Array.from({ length: 5 }, () => webhook())
    const statuses: string[] = []
    for (const event of events)
      statuses.push(((await (await deliver(service, event)).json()) as { status: string }).status)
    // Two in work, one waits.
    expect(statuses).toEqual(['accepted', 'accepted', 'accepted', 'dropped', 'dropped'])
    const outcomes = (await service.settled(5)).map(({ outcome }) => outcome)
    expect(outcomes.sort()).toEqual(['dropped', 'dropped', 'scored', 'scored', 'scored'])
  })

  it('keeps secrets and drawings out of log and deliveries', async () => {
    const service = await withToken()
    studio.tasks.set(42, task())
    const body = webhook()
    await deliver(service, { ...body, project: { ...body.project, task_data_password: 'pa55word' } })
    const told = JSON.stringify([await service.settled(1), service.log])
    for (const hidden of ['pa55word', secret, refreshToken, 'rle', 'brushlabels'])
      expect(told).not.toContain(hidden)
  })
})

describe('an event that comes again', () => {
  it('gives one result for one change, and scores every other change', async () => {
    const service = await withoutToken()
    const body = webhook({ task: { annotations: [truth] } })
    for (let i = 0; i < 3; i++) await deliver(service, body)
    await deliver(service, webhook({ task: { annotations: [truth] } }))
    const deliveries = await service.settled(4)
    const of = (wanted: string) => deliveries.filter(({ outcome }) => outcome === wanted)
    expect(of('scored')).toHaveLength(2)
    expect(of('duplicate')).toHaveLength(2)
    const first = of('scored').find(({ annotations }) => annotations![0].annotation === body.annotation.id)
    expect(of('duplicate').map(({ same_as }) => same_as)).toEqual([first!.id, first!.id])
    expect(of('duplicate').every(({ annotations }) => annotations === undefined)).toBe(true)
  })

  it('leaves out a change that arrives after a later one', async () => {
    const service = await withoutToken()
    const id = nextId()
    const at = (updated_at: string) =>
      webhook({ annotation: { id, updated_at }, task: { annotations: [truth] } })
    await deliver(service, at('2026-01-10T09:00:05.000000Z'))
    await service.settled(1)
    await deliver(service, at('2026-01-10T09:00:04.000000Z'))
    await service.settled(2)
    await deliver(service, at('2026-01-10T09:00:06.000000Z'))
    const outcomes = (await service.settled(3)).map(({ outcome }) => outcome)
    expect(outcomes).toEqual(['scored', 'stale', 'scored'])
  })
})

describe('calling back', () => {
  it('fetches the ground truth, and writes the score where it can be sorted by', async () => {
    studio.tasks.set(42, task())
    const service = await withToken()
    await deliver(service, webhook())
    const [delivery] = await service.settled(1)
    expect(delivery).toMatchObject({ outcome: 'scored', posted: 1 })
    const { score } = delivery.annotations![0]
    expect(studio.predictions).toEqual([
      { id: 1, task: 42, score, model_version: 'maskscore ground_truth', result: [] },
    ])
  })

  it('changes the score of a task that has one, and does not take it for a pre-label', async () => {
    const own = { id: 1, model_version: 'maskscore ground_truth', score: 0.1, result: [] }
    studio.predictions.push({ ...own })
    studio.tasks.set(42, task({ predictions: [own] }))
    const service = await withToken()
    await deliver(service, webhook({ annotation: { prediction: own } }))
    const [{ annotations, posted }] = await service.settled(1)
    expect(posted).toBe(1)
    expect(annotations![0].drift).toBeUndefined()
    expect(studio.predictions).toEqual([{ ...own, score: annotations![0].score }])
  })

  it('fetches the result too when the payload has none', async () => {
    const body = webhook()
    studio.tasks.set(
      42,
      task({ annotations: [truth, { id: body.annotation.id, result: drawn, ground_truth: false }] }),
    )
    const service = await withToken(legacyToken)
    const { result: _, ...bare } = body.annotation
    await deliver(service, { ...body, annotation: bare })
    const [{ annotations }] = await service.settled(1)
    const worst = annotations![0].ground_truth!.classes.find(({ name }) => name === 'Cell')
    expect(worst?.iou).toBeCloseTo(expectedIou.Cell, 12)
  })

  it('takes the newest annotation of the task when the payload has the task alone', async () => {
    const older = { id: 7, result: groundTruth, updated_at: '2026-01-09T00:00:00Z' }
    const newest = { id: 8, result: drawn, updated_at: '2026-01-10T00:00:00Z', completed_by: 3 }
    studio.tasks.set(42, task({ annotations: [newest, truth, older] }))
    const service = await withToken(legacyToken)
    const { annotation: _, ...body } = webhook()
    await deliver(service, body)
    const [{ annotations }] = await service.settled(1)
    expect(annotations).toMatchObject([{ annotation: 8, annotator: 3, task: 42, against: 'ground_truth' }])
    expect(annotations![0].ground_truth!.mi_loss).toBeGreaterThan(0)
  })

  it('fetches a bounded number of tasks for one event, and says how many were not fetched', async () => {
    for (let id = 1; id <= 22; id++) studio.tasks.set(id, task({ id }))
    const service = await withToken(legacyToken)
    const body = webhook({ action: 'ANNOTATIONS_CREATED' })
    const annotation = Array.from({ length: 22 }, (_, index) => ({
      ...body.annotation,
      id: nextId(),
      task: index + 1,
    }))
    await deliver(service, { ...body, annotation, task: [] })
    const [{ annotations, posted, detail }] = await service.settled(1)
    expect(annotations!.filter(({ score }) => score !== null)).toHaveLength(20)
    expect(posted).toBe(20)
    expect(detail).toContain('2 more tasks was not fetched')
  })

  it('exchanges the token once for many events, and again when the access token has ended', async () => {
    studio.tasks.set(42, task())
    const service = await startHooked(toolSettings(refreshToken))
    for (let i = 0; i < 3; i++) await deliver(service, webhook())
    await service.settled(3)
    expect(studio.exchanges).toBe(1)
    studio.expire()
    await deliver(service, webhook())
    const [delivery] = await service.settled(4)
    expect(delivery).toMatchObject({ outcome: 'scored', posted: 1 })
    expect(studio.exchanges).toBe(2)
  })

  it('exchanges the token again shortly before it ends', async () => {
    studio.accessTtlSeconds = 5
    studio.tasks.set(42, task())
    const service = await startHooked(toolSettings(refreshToken))
    await deliver(service, webhook())
    expect(await service.settled(1)).toMatchObject([{ outcome: 'scored', posted: 1 }])
    // Within the margin at once: every request has its own.
    expect(studio.exchanges).toBe(2)
    expect(studio.tool.seen.every(({ headers }) => headers.authorization !== 'Bearer undefined')).toBe(true)
  })

  it('tries again when the tool fails, and gives up with a code', async () => {
    studio.tasks.set(42, task())
    const service = await withToken(legacyToken)
    studio.tool.instead.push({ status: 502 }, { status: 503, headers: { 'retry-after': '0' } })
    await deliver(service, webhook())
    expect(await service.settled(1)).toMatchObject([{ outcome: 'scored', posted: 1 }])
    expect(studio.tool.asked('GET', '/api/tasks/42/')).toHaveLength(3)
    studio.tool.instead.push(...Array.from({ length: 3 }, () => ({ status: 500 })))
    const failing = webhook()
    await deliver(service, failing)
    expect((await service.settled(2))[0]).toMatchObject({ outcome: 'failed', code: 'TOOL_UNREACHABLE' })
    // It came to nothing, so the same event may come again.
    await deliver(service, failing)
    expect((await service.settled(3))[0]).toMatchObject({ outcome: 'scored' })
  })

  it('never repeats a write that may have been done', async () => {
    const service = await withToken(legacyToken)
    const prediction = { id: 9, model_version: 'unet 3', result: groundTruth }
    studio.tasks.set(42, { id: 42, annotations: [], predictions: [] })
    await deliver(service, webhook({ annotation: { prediction } }))
    await service.settled(1)
    studio.tool.instead.push({ json: studio.tasks.get(42) }, { status: 500 })
    await deliver(service, webhook({ annotation: { prediction } }))
    // The score is kept; that Label Studio does not show it is said.
    expect((await service.settled(2))[0]).toMatchObject({
      outcome: 'scored',
      posted: 0,
      code: 'TOOL_UNREACHABLE',
    })
    expect(studio.tool.asked('POST', '/api/predictions/')).toHaveLength(2)
  })

  it('gives up on a slow tool, and scores what the payload has', async () => {
    studio.tool.delayMs = 200
    const service = await startHooked({ ...toolSettings(legacyToken), TOOL_TIMEOUT: '50ms' })
    const prediction = { id: 9, model_version: 'unet 3', result: groundTruth }
    await deliver(service, webhook({ annotation: { prediction } }))
    const [delivery] = await service.settled(1)
    expect(delivery).toMatchObject({
      outcome: 'scored',
      code: 'TOOL_UNREACHABLE',
      annotations: [{ against: 'pre_label' }],
    })
  })

  it('says so when the token is not accepted', async () => {
    studio.tasks.set(42, task())
    const service = await withToken('f'.repeat(40))
    await deliver(service, webhook())
    expect(await service.settled(1)).toMatchObject([{ outcome: 'failed', code: 'TOOL_REFUSED' }])
    // A legacy token cannot be renewed: it is offered once more, not for ever.
    expect(studio.tool.seen).toHaveLength(2)
  })

  it('goes to the configured address alone, whatever a payload or a redirect says', async () => {
    const elsewhere = await new FakeTool(() => ({ json: task() })).start()
    try {
      const service = await withToken(legacyToken)
      studio.tool.instead.push({ status: 302, headers: { location: `${elsewhere.url}/api/tasks/42/` } })
      const body = { ...webhook(), hostname: elsewhere.url, url: `${elsewhere.url}/api/tasks/42/` }
      await deliver(service, body)
      expect(await service.settled(1)).toMatchObject([{ outcome: 'failed', code: 'TOOL_ANSWER' }])
      // An id that is no id does not become a path.
      await deliver(service, webhook({ annotation: { task: `../../..//${elsewhere.url}` } }))
      await service.settled(2)
      expect(elsewhere.seen).toEqual([])
      expect(studio.tool.seen.map(({ path }) => path)).toEqual(['/api/tasks/42/', '/api/tasks/42/'])
    } finally {
      await elsewhere.stop()
    }
  })
})

describe('stopping', () => {
  it('lets acknowledged events end', async () => {
    studio.tool.delayMs = 100
    studio.tasks.set(42, task())
    const service = await startHooked(toolSettings(legacyToken))
    for (let i = 0; i < 3; i++) await deliver(service, webhook())
    await service.close()
    expect((await service.deliveries()).map(({ outcome }) => outcome)).toEqual(['scored', 'scored', 'scored'])
  })

  it('abandons what does not end in time, and writes it down', async () => {
    studio.tool.delayMs = 2000
    const service = await startHooked({
      ...toolSettings(legacyToken),
      REQUEST_TIMEOUT: '200ms',
      GRACE_PERIOD: '200ms',
    })
    for (let i = 0; i < 4; i++) await deliver(service, webhook())
    await service.close()
    const outcomes = (await service.deliveries()).map(({ outcome }) => outcome)
    expect(outcomes).toEqual(Array.from({ length: 4 }, () => 'abandoned'))
  })
})
