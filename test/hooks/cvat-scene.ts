import { createHmac } from 'node:crypto'
import { box, cvatToken, type FakeCvat, frames, mask } from './fake-cvat.ts'
import type { HookedService } from './service.ts'

export const secret = 'a-webhook-secret'
export const [background, cat, dog] = [0, 67, 66]

/** A service that fetches from a stand-in of CVAT. */
export const settingsFor = (cvat: FakeCvat, more: Record<string, string> = {}) => ({
  CVAT_URL: cvat.tool.url,
  CVAT_TOKEN: cvatToken,
  CVAT_HOOK_SECRET: secret,
  ...more,
})

export const signed = (text: string, key = secret) =>
  `sha256=${createHmac('sha256', key).update(text).digest('hex')}`

export interface Told {
  readonly status: number
  readonly json: Record<string, unknown> & { readonly job?: Record<string, never> }
}

/** As CVAT posts it: the bytes that are signed are the bytes that are sent. */
export async function deliver(
  { url }: HookedService,
  event: unknown,
  key: string | null = secret,
): Promise<Told> {
  const text = typeof event === 'string' ? event : JSON.stringify(event)
  const answer = await fetch(`${url}/v1/hooks/cvat`, {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'application/json', ...(key && { 'x-signature-256': signed(text, key) }) },
  })
  return { status: answer.status, json: (await answer.json()) as Told['json'] }
}

let lastJob = 100
/** A job of two frames of 8 × 4 pixels and its task's ground-truth job, as in every test that says nothing else. */
export function twoFrames(cvat: FakeCvat, drawn: object[], truth: object[]) {
  const [id, reference, task_id] = [++lastJob, ++lastJob, ++lastJob]
  const job = { id, task_id, type: 'annotation', state: 'in progress', start_frame: 0, stop_frame: 1 }
  cvat.jobs.set(id, job)
  cvat.jobs.set(reference, { ...job, id: reference, type: 'ground_truth', state: 'completed' })
  cvat.annotations.set(id, { version: 0, tags: [], shapes: drawn, tracks: [] })
  cvat.annotations.set(reference, { version: 0, tags: [], shapes: truth, tracks: [] })
  for (const one of [id, reference])
    cvat.meta.set(one, {
      frames: frames(2),
      start_frame: 0,
      stop_frame: 1,
      deleted_frames: [],
      included_frames: null,
    })
  cvat.labels = [
    { id: dog, name: 'dog' },
    { id: cat, name: 'cat' },
    { id: 68, name: 'skele' },
  ]
  return { job, reference, task_id }
}

/** Equal on frame 0; on frame 1 the upper half was drawn where the left half is true. */
export const halfWrong = (cvat: FakeCvat) =>
  twoFrames(
    cvat,
    [mask(0, cat, 0, 0, 4, 4), box(1, cat, 0, 0, 8, 2)],
    [box(0, cat, 0, 0, 4, 4), box(1, cat, 0, 0, 4, 4)],
  )

/** 40 × 20 pixels; on frame 1 a box of 6 × 5 is missing, and a speck of 2 × 2 too much. */
export function missingBox(cvat: FakeCvat) {
  const made = twoFrames(
    cvat,
    [box(0, cat, 0, 0, 10, 10), box(1, cat, 0, 0, 10, 10), box(1, cat, 38, 0, 40, 2)],
    [box(0, cat, 0, 0, 10, 10), box(1, cat, 0, 0, 10, 10), box(1, dog, 20, 10, 26, 15)],
  )
  for (const id of [made.job.id, made.reference])
    cvat.meta.set(id, { frames: frames(2, 40, 20), included_frames: null, deleted_frames: [] })
  return made
}
