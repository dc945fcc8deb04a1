import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isSignedBy } from '../../src/secrets.ts'
import * as scene from './cvat-scene.ts'
import { background, cat, deliver, dog, secret, settingsFor, signed } from './cvat-scene.ts'
import { annotator, box, cvatCredentials, FakeCvat, frames, mask, ownUser, updateJob } from './fake-cvat.ts'
import { FakeTool } from './fake-tool.ts'
import { sharedHooked, startHooked, stopHooked } from './service.ts'

const cvat = new FakeCvat()
let elsewhere: FakeTool
beforeAll(async () => {
  await cvat.tool.start()
  elsewhere = await new FakeTool(() => ({ json: {} })).start()
  cvat.elsewhere = elsewhere.url
})
beforeEach(() => cvat.reset())
afterAll(async () => {
  await stopHooked()
  await cvat.tool.stop()
  await elsewhere.stop()
})

const settings = (more: Record<string, string> = {}) => settingsFor(cvat, more)
const twoFrames = (drawn: object[], truth: object[]) => scene.twoFrames(cvat, drawn, truth)
const halfWrong = () => scene.halfWrong(cvat)
const missingBox = () => scene.missingBox(cvat)

describe('authentication', () => {
  it('refuses everybody until a secret is set, and says how to set it', async () => {
    const service = await sharedHooked()
    expect(await deliver(service, { event: 'ping' })).toMatchObject({
      status: 403,
      json: { code: 'FORBIDDEN', detail: expect.stringContaining('MASKSCORE_CVAT_HOOK_SECRET') },
    })
  })

  it('accepts a signature that another program made', () => {
    const mac = 'e1b24265bf2e0b20c81837993b4f1415f7b68c503114d100a40601eca6a2745f'
    expect(isSignedBy('mykey', new Uint8Array(), `sha256=${mac}`)).toBe(true)
    expect(isSignedBy('mykez', new Uint8Array(), `sha256=${mac}`)).toBe(false)
    expect(isSignedBy('mykey', new Uint8Array(1), `sha256=${mac}`)).toBe(false)
    expect(isSignedBy('mykey', new Uint8Array(), mac)).toBe(false)
  })

  it('accepts the signature of exactly the bytes sent', async () => {
    const service = await sharedHooked(settings())
    const ping = { event: 'ping', webhook: { id: 7 }, sender: { id: 1 } }
    expect(await deliver(service, ping)).toMatchObject({
      status: 200,
      json: { outcome: 'ignored', summary: 'The webhook is heard.' },
    })
    expect((await deliver(service, ping, null)).status).toBe(401)
    expect((await deliver(service, ping, 'another-secret')).status).toBe(401)
    const respaced = await fetch(`${service.url}/v1/hooks/cvat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-signature-256': signed(JSON.stringify(ping)) },
      body: JSON.stringify(ping, null, 1),
    })
    expect(respaced.status).toBe(401)
    expect(cvat.tool.seen).toEqual([])
  })

  it('asks a webhook that has a secret of its own for that secret', async () => {
    const own = 'secret-of-seven'
    const service = await sharedHooked(settings({ CVAT_HOOK_SECRETS: `7:${own},8:secret-of-eight` }))
    const from = (webhook_id: number) => ({ event: 'create:task', webhook_id })
    const status = async (webhook: number, key: string) => (await deliver(service, from(webhook), key)).status
    expect(await status(7, own)).toBe(200)
    expect(await status(7, secret)).toBe(401)
    expect(await status(7, 'secret-of-eight')).toBe(401)
    expect(await status(9, secret)).toBe(200)
    expect(await status(9, own)).toBe(401)
  })

  it('refuses a body that is larger than an event can be', async () => {
    const service = await sharedHooked(settings())
    expect((await deliver(service, `{"event":"ping","x":"${'x'.repeat(2 ** 20)}"}`)).status).toBe(413)
  })
})

describe('scores of a job', () => {
  it('are counted frame by frame, pooled and averaged, and the worst frame is named', async () => {
    const service = await sharedHooked(settings())
    const { job, reference, task_id } = halfWrong()
    const { status, json } = await deliver(service, updateJob(job))
    expect(status).toBe(200)
    const scores = json.job as unknown as import('../../src/hooks/cvat/job-scores.ts').JobScores
    expect(scores).toMatchObject({
      job: job.id,
      task: task_id,
      ground_truth_job: reference,
      frames_in_common: 2,
      frames_scored: 2,
      refused: [],
      findings: [],
    })
    // Frame 1: two independent halves: nothing in common but 8 of 24 pixels of each class.
    expect(scores.frames).toEqual([
      { frame: 1, name: 'img_1.png', mi_loss: 1, mean_iou: 1 / 3, pixel_accuracy: 0.5 },
      { frame: 0, name: 'img_0.png', mi_loss: 0, mean_iou: 1, pixel_accuracy: 1 },
    ])
    expect(scores.worst).toEqual(scores.frames[0])
    expect(scores.macro).toEqual({ mi_loss: 0.5, mean_iou: (1 / 3 + 1) / 2, frames: 2 })
    // Pooled: 24, 8, 8 and 24 of 64 pixels.
    const joint = -2 * 0.375 * Math.log2(0.375) - 2 * 0.125 * Math.log2(0.125)
    expect(scores.pooled!.mi_loss).toBeCloseTo(1 - (2 - joint) / joint, 14)
    expect(scores.pooled!.mean_iou).toBe(0.6)
    expect(scores.pooled!.classes).toEqual([
      { label: background, name: 'background', iou: 0.6 },
      { label: cat, name: 'cat', iou: 0.6 },
    ])
    const { summary } = json
    expect(summary).toContain(
      `Job ${job.id} of task ${task_id} against the ground-truth job ${reference}: 2 frames`,
    )
    expect(summary).toContain('mi_loss 0.8958 over all pixels, 0.5000 as mean')
    expect(summary).toContain('mean IoU 0.6000 over all pixels, 0.6667 as mean')
    expect(summary).toContain('Worst: frame 1 (img_1.png) with mi_loss 1.0000, mean IoU 0.3333.')
    const [delivery] = await service.deliveries()
    expect(delivery).toMatchObject({ outcome: 'scored', tool: 'cvat', event: 'update:job', job: scores })
  })

  it('keep labels apart by name over pages of labels, and add them up over frames', async () => {
    const service = await sharedHooked(settings())
    const { job } = twoFrames(
      [box(0, dog, 0, 0, 4, 4), box(1, cat, 0, 0, 4, 4)],
      [box(0, cat, 0, 0, 4, 4), box(1, cat, 0, 0, 4, 4)],
    )
    const { json } = await deliver(service, updateJob(job))
    // Frame 0: another name of the same partition; what is lost is seen by name alone.
    expect(json.job!.frames).toMatchObject([
      { frame: 0, mi_loss: 0, mean_iou: 1 / 3 },
      { frame: 1, mi_loss: 0, mean_iou: 1 },
    ])
    const classes = (json.job!.pooled as { classes: object[] }).classes
    expect(classes).toEqual([
      { label: dog, name: 'dog', iou: 0 },
      { label: cat, name: 'cat', iou: 0.5 },
      { label: background, name: 'background', iou: 1 },
    ])
    expect(cvat.tool.asked('GET', '/api/labels')).toHaveLength(2)
  })

  it('are those of the frames that both jobs have: chosen, not deleted, and honeypots by their real frames', async () => {
    const service = await sharedHooked(settings())
    const { job, reference, task_id } = twoFrames([], [])
    const shapes = (numbers: number[]) => numbers.map((frame) => box(frame, cat, 0, 0, 4, 4))
    cvat.annotations.set(job.id, { shapes: shapes([10, 11, 12, 13]), tracks: [] })
    cvat.annotations.set(reference, { shapes: shapes([11, 20]), tracks: [] })
    // The frames of a filtered source: its own numbers are others than the task's.
    cvat.meta.set(job.id, { frames: frames(4), start_frame: 50, included_frames: null, deleted_frames: [12] })
    // A ground-truth job lists placeholders for what it leaves out.
    cvat.meta.set(reference, { frames: frames(11), start_frame: 50, included_frames: [10, 11, 12, 20], deleted_frames: [10] }) // biome-ignore format: short
    cvat.layouts.set(task_id, { mode: 'gt_pool', honeypot_frames: [13], honeypot_real_frames: [20] })
    cvat.jobs.set(reference, { ...job, id: reference, type: 'ground_truth', state: 'completed', start_frame: 10, stop_frame: 20 }) // biome-ignore format: short
    const { json } = await deliver(service, updateJob({ ...job, start_frame: 10, stop_frame: 13 }))
    expect(json.job).toMatchObject({ frames_in_common: 2, frames_scored: 2 })
    expect(json.job!.frames).toMatchObject([
      { frame: 11, mi_loss: 0, mean_iou: 1, name: 'img_1.png' },
      { frame: 13, mi_loss: 0, mean_iou: 1, name: 'img_3.png', reference_frame: 20 },
    ])
  })

  it('are those of every frame of a video, of which CVAT tells one size', async () => {
    const service = await sharedHooked(settings())
    const track = {
      frame: 0,
      label_id: cat,
      group: 0,
      shapes: [box(0, cat, 0, 0, 4, 4), { ...box(2, cat, 0, 0, 4, 4), outside: true }],
    }
    const { job, reference, task_id } = twoFrames([], [box(0, cat, 0, 0, 4, 4), box(1, cat, 0, 0, 4, 4)])
    cvat.annotations.set(job.id, { shapes: [], tracks: [track] })
    for (const id of [job.id, reference])
      cvat.meta.set(id, { frames: frames(1), included_frames: null, deleted_frames: [] })
    cvat.jobs.set(reference, { ...cvat.jobs.get(reference)!, stop_frame: 2 })
    // A token that may not see the layout: then there are no honeypots, and the frames are scored all the same.
    cvat.tool.reject('GET', `/api/tasks/${task_id}/validation_layout`, 403)
    const { json } = await deliver(service, updateJob({ ...job, stop_frame: 2 }))
    expect(json.job).toMatchObject({
      frames_in_common: 3,
      frames_scored: 3,
      macro: { mi_loss: 0, mean_iou: 1 },
    })
  })

  it('bring their warnings along: in the summary that CVAT shows, in the scores and in the log', async () => {
    const service = await sharedHooked(settings())
    const boxes = [box(0, cat, 0, 0, 4, 4), box(1, cat, 0, 0, 4, 4)]
    const { job } = twoFrames([...boxes, { ...box(1, dog, 5, 1, 6, 2), type: 'points' }], boxes)
    const { json } = await deliver(service, updateJob(job))
    expect(json.job).toMatchObject({ warnings: [{ code: 'REGION_SKIPPED', frames: [1] }] })
    expect(json.summary).toContain('Warning REGION_SKIPPED (frame 1): ')
    const line = service.log.find(({ job: id }) => id === job.id)
    expect(line).toMatchObject({ warnings: ['REGION_SKIPPED'] })
  })

  it('leave out a frame that cannot be read, and say which', async () => {
    const service = await sharedHooked(settings())
    const { job } = twoFrames(
      [{ ...mask(0, cat, 0, 0, 4, 4), points: [0, 99, 0, 0, 3, 3] }, box(1, cat, 0, 0, 4, 4)],
      [box(0, cat, 0, 0, 4, 4), box(1, cat, 0, 0, 4, 4)],
    )
    const { json } = await deliver(service, updateJob(job))
    expect(json.job).toMatchObject({
      frames_in_common: 2,
      frames_scored: 1,
      refused: [{ frame: 0, code: 'INVALID_ANNOTATION' }],
    })
    expect(json.summary).toContain('Could not be scored: frame 0.')
  })

  const real = new URL('../../../shared/samples/cvat/', import.meta.url)
  it.skipIf(!existsSync(real))(
    'of CVAT’s own job against itself lose nothing (skipped without ../shared/samples)',
    async () => {
      const service = await sharedHooked(settings())
      const { job, reference } = twoFrames([], [])
      const annotations = JSON.parse(readFileSync(new URL('api_job27_annotations.json', real), 'utf8'))
      cvat.labels = JSON.parse(readFileSync(new URL('api_labels_task22.json', real), 'utf8'))
      for (const id of [job.id, reference]) {
        cvat.annotations.set(id, annotations)
        cvat.meta.set(id, { frames: frames(11, 640, 480), included_frames: null, deleted_frames: [] })
      }
      cvat.jobs.set(reference, { ...cvat.jobs.get(reference)!, stop_frame: 10 })
      const { json } = await deliver(service, updateJob({ ...job, stop_frame: 10 }))
      expect(json.job).toMatchObject({
        frames_in_common: 11,
        frames_scored: 11,
        macro: { mi_loss: 0, mean_iou: 1 },
      })
      expect((json.job!.pooled as { classes: { name: string }[] }).classes.map(({ name }) => name)).toContain(
        'cat',
      )
    },
  )
})

describe('an event that is not scored is answered with the reason and never with a 5xx', () => {
  it.each([
    ['another event', { event: 'create:task', webhook_id: 7 }, 'ignored', 'update:job is'],
    ['an event of a later version', { event: 'update:whatever' }, 'ignored', 'update:job is'],
    [
      'a ground-truth job',
      updateJob({ id: 1, task_id: 1, type: 'ground_truth', start_frame: 0, stop_frame: 0 }),
      'ignored',
      'ground_truth',
    ],
    [
      'a job of point clouds',
      updateJob({ id: 1, task_id: 1, type: 'annotation', dimension: '3d', start_frame: 0, stop_frame: 0 }),
      'ignored',
      'images',
    ],
    [
      'a task without ground truth',
      updateJob({ id: 1, task_id: 1, type: 'annotation', start_frame: 0, stop_frame: 0 }),
      'nothing_to_score',
      'no ground-truth job',
    ],
  ])('says why: %s', async (_, event, outcome, summary) => {
    // biome-ignore format: a table
    const service = await sharedHooked(settings())
    const told = await deliver(service, event)
    expect(told).toMatchObject({ status: 200, json: { outcome, summary: expect.stringContaining(summary) } })
  })

  it('says that the ground truth is not completed', async () => {
    const service = await sharedHooked(settings())
    const { job, reference } = halfWrong()
    cvat.jobs.set(reference, { ...cvat.jobs.get(reference)!, state: 'in progress' })
    const { status, json } = await deliver(service, updateJob(job))
    expect(status).toBe(200)
    expect(json.summary).toBe(`The ground-truth job ${reference} is not completed yet.`)
  })

  it('says that the jobs have no frame in common', async () => {
    const service = await sharedHooked(settings())
    const { job, reference } = halfWrong()
    cvat.meta.set(reference, { frames: frames(2), included_frames: [0], deleted_frames: [0] })
    const { json } = await deliver(service, updateJob(job))
    expect(json).toMatchObject({ outcome: 'nothing_to_score', job: { pooled: null, worst: null } })
    expect(json.summary).toContain('no frame in common')
  })

  it('says that address and token are missing', async () => {
    const service = await sharedHooked({ CVAT_HOOK_SECRET: secret })
    const { job } = halfWrong()
    for (const event of [updateJob(job), { event: 'ping' }])
      expect((await deliver(service, event)).json).toMatchObject({
        outcome: 'ignored',
        summary: expect.stringContaining('MASKSCORE_CVAT_URL and MASKSCORE_CVAT_TOKEN'),
      })
  })

  it.each([
    ['no JSON', 'event=ping', 400],
    ['no event', '{}', 422],
    ['a job without an id', { event: 'update:job', job: { task_id: 1 } }, 422],
    ['an id that is a path', updateJob({ id: '27/../../users', task_id: 1 }), 422],
  ])('refuses what is signed and still %s', async (_, event, status) => {
    const service = await sharedHooked(settings())
    expect((await deliver(service, event)).status).toBe(status)
    expect(cvat.tool.seen).toEqual([])
  })
})

describe('an event that comes again', () => {
  it('gives one result for the same bytes, at once and later, and tells it again', async () => {
    const service = await sharedHooked(settings())
    const { job } = halfWrong()
    const event = updateJob(job)
    const together = await Promise.all([deliver(service, event), deliver(service, event)])
    const later = await deliver(service, event)
    expect(together.map(({ json }) => json.outcome)).toEqual(['scored', 'scored'])
    expect(together[0].json.delivery).toBe(together[1].json.delivery)
    expect(later.json).toMatchObject({ outcome: 'duplicate', same_as: together[0].json.delivery })
    expect(later.json.summary).toBe(together[0].json.summary)
    expect(later.json.job).toEqual(together[0].json.job)
    expect(cvat.tool.asked('GET', `/api/jobs/${job.id}/annotations`)).toHaveLength(1)
    const written = await service.deliveries()
    expect(written.map(({ outcome }) => outcome)).toEqual(['duplicate', 'scored'])
    expect(written[0].job).toBeUndefined()
  })

  it('drops a change that arrives after a later one', async () => {
    const service = await sharedHooked(settings())
    const { job } = halfWrong()
    const [first, second] = [updateJob(job), updateJob(job)]
    expect((await deliver(service, second)).json.outcome).toBe('scored')
    expect((await deliver(service, first)).json.outcome).toBe('stale')
  })

  it('says that nothing was changed since the last event', async () => {
    const service = await sharedHooked(settings())
    const { job } = halfWrong()
    await deliver(service, updateJob(job))
    const completed = await deliver(service, updateJob({ ...job, state: 'completed' }))
    expect(completed.json).toMatchObject({
      outcome: 'unchanged',
      summary: expect.stringContaining('2 frames'),
    })
  })
})

describe('issues', () => {
  const writing = () => sharedHooked(settings({ CVAT_WRITE_ISSUES: 'true' }))

  it('are drawn where most pixels differ, and not where all agree', async () => {
    const service = await writing()
    const { job } = missingBox()
    const { json } = await deliver(service, updateJob(job))
    expect(json).toMatchObject({ outcome: 'scored', issues_written: 1 })
    expect(json.job!.findings).toEqual([{ frame: 1, kind: 'missing', pixels: 30, bbox: [20, 10, 6, 5] }])
    const [written] = cvat.tool.asked('POST', '/api/issues')
    expect(written.body).toEqual({
      job: job.id,
      frame: 1,
      position: [20, 10, 26, 15],
      message: 'maskscore: 30 pixels of the ground truth are missing here.',
    })
  })

  it('are drawn where a whole object has another name, of which no loss tells', async () => {
    const service = await writing()
    const { job } = twoFrames(
      [box(0, dog, 0, 0, 4, 4), box(1, cat, 0, 0, 4, 4)],
      [box(0, cat, 0, 0, 4, 4), box(1, cat, 0, 0, 4, 4)],
    )
    const { json } = await deliver(service, updateJob(job))
    expect(json.job).toMatchObject({
      worst: { frame: 0, mi_loss: 0, mean_iou: 1 / 3 },
      findings: [{ frame: 0, kind: 'confused', pixels: 16, bbox: [0, 0, 4, 4] }],
    })
  })

  it('are not drawn twice while the first is unresolved', async () => {
    const service = await writing()
    const { job } = missingBox()
    cvat.issues = [
      { id: 1, frame: 0, owner: { id: annotator }, resolved: false },
      { id: 2, frame: 1, owner: { id: annotator }, resolved: false },
      { id: 3, frame: 1, owner: { id: ownUser }, resolved: false },
    ]
    expect((await deliver(service, updateJob(job))).json).toMatchObject({
      outcome: 'scored',
      issues_written: 0,
    })
    expect(cvat.tool.asked('POST', '/api/issues')).toEqual([])
  })

  it('start no loop: an event that our own issue causes is ignored', async () => {
    const service = await writing()
    const { job } = missingBox()
    await deliver(service, updateJob(job))
    const sender = { id: ownUser, username: 'scorer' }
    const caused = await deliver(service, updateJob(job, { sender }))
    expect(caused.json).toMatchObject({ outcome: 'ignored', summary: expect.stringContaining('token') })
    // And where the sender is somebody else, nothing has been drawn since.
    expect((await deliver(service, updateJob(job))).json.outcome).toBe('unchanged')
    expect(cvat.tool.asked('POST', '/api/issues')).toHaveLength(1)
  })

  it('do not take the scores away when they cannot be written', async () => {
    const service = await writing()
    const { job } = missingBox()
    cvat.tool.reject('POST', '/api/issues', 403)
    const { status, json } = await deliver(service, updateJob(job))
    expect(status).toBe(200)
    expect(json).toMatchObject({ outcome: 'scored', code: 'TOOL_REFUSED', issues_written: 0 })
    expect(json.summary).toContain('could not be written')
  })

  it('are not written, and the sender does not matter, unless it is asked for', async () => {
    const service = await sharedHooked(settings())
    const { job } = missingBox()
    const { json } = await deliver(service, updateJob(job, { sender: { id: ownUser } }))
    expect(json.outcome).toBe('scored')
    expect(cvat.tool.seen.some(({ path }) => path.includes('issues') || path.includes('users'))).toBe(false)
  })
})

describe('a tool that is slow or fails', () => {
  it('is asked again, and when that does not help CVAT is told to come again', async () => {
    const service = await sharedHooked(settings())
    const { job } = halfWrong()
    const event = updateJob(job)
    cvat.tool.instead.push({ status: 502 }, { status: 500 })
    expect((await deliver(service, event)).json.outcome).toBe('scored')
    const other = halfWrong()
    const failing = updateJob(other.job)
    cvat.tool.instead.push({ status: 500 }, { status: 500 }, { status: 500 })
    const failed = await deliver(service, failing)
    expect(failed).toMatchObject({ status: 502, json: { code: 'TOOL_UNREACHABLE' } })
    // The same bytes, later.
    expect((await deliver(service, failing)).json.outcome).toBe('scored')
  })

  it('is named when it does not accept the token', async () => {
    const service = await sharedHooked(settings({ CVAT_TOKEN: 'an-old-token' }))
    const { job } = halfWrong()
    expect(await deliver(service, updateJob(job))).toMatchObject({
      status: 502,
      json: { code: 'TOOL_REFUSED', detail: expect.stringContaining('GET /api/jobs') },
    })
  })

  it('answers before CVAT gives up, and puts the result into the deliveries', async () => {
    const service = await startHooked(settings(), { answerMs: 150 })
    const { job } = halfWrong()
    cvat.tool.delayMs = 200
    const { status, json } = await deliver(service, updateJob(job))
    expect(status).toBe(202)
    expect(json).toMatchObject({
      outcome: 'accepted',
      summary: expect.stringContaining('/v1/hooks/deliveries'),
    })
    expect(await service.settled(1)).toMatchObject([{ outcome: 'scored', job: { job: job.id } }])
  })

  it('is given up after the time limit, whatever it answers', async () => {
    const service = await startHooked(settings(), { workTimeoutMs: 200 })
    const { job } = halfWrong()
    cvat.tool.delayMs = 1000
    expect((await deliver(service, updateJob(job))).status).toBe(503)
    expect(await service.deliveries()).toMatchObject([{ outcome: 'failed', code: 'TIMED_OUT' }])
  })

  it('fills the queue, and CVAT is told to come again', async () => {
    const service = await startHooked(settings({ QUEUE_LIMIT: '1' }))
    cvat.tool.delayMs = 100
    const events = Array.from({ length: 4 }, () => updateJob(halfWrong().job))
    const told = await Promise.all(events.map((event) => deliver(service, event)))
    const statuses = told.map(({ status }) => status)
    // Two in work, one waits.
    expect(statuses.sort()).toEqual([200, 200, 200, 503])
    expect(told.find(({ status }) => status === 503)!.json.code).toBe('QUEUE_FULL')
    cvat.tool.delayMs = 0
    const again = await Promise.all(events.slice(0, 3).map((event) => deliver(service, event)))
    expect(again.every(({ status }) => status === 200)).toBe(true)
  })
})

it('authenticates by the user and password in its address where there is no token', async () => {
  const address = cvat.tool.url.replace('//', `//${cvatCredentials}@`)
  const service = await startHooked({ CVAT_URL: address, CVAT_HOOK_SECRET: secret })
  expect((await deliver(service, updateJob(halfWrong().job))).json.outcome).toBe('scored')
  expect(JSON.stringify([service.log, await service.deliveries()])).not.toContain('pass')
})

it('goes to the configured address alone, whatever payloads, pages and redirects say', async () => {
  const service = await sharedHooked(settings())
  const { job } = halfWrong()
  const url = `${elsewhere.url}/api/jobs/${job.id}`
  const lured = { ...updateJob({ ...job, url, labels: { url } }), sender: { id: 1, url } }
  expect((await deliver(service, lured)).json.outcome).toBe('scored')
  cvat.tool.instead.push({ status: 307, headers: { location: url } })
  expect(await deliver(service, updateJob(halfWrong().job))).toMatchObject({
    status: 502,
    json: { code: 'TOOL_ANSWER' },
  })
  expect(elsewhere.seen).toEqual([])
})
