import { type Answer, FakeTool, type Seen } from './fake-tool.ts'

export const cvatToken = 'a-personal-access-token'
/** User and password that it takes as well, as they stand in an address. */
export const cvatCredentials = 'scorer:pass%20word'
const basic = `Basic ${Buffer.from('scorer:pass word').toString('base64')}`
/** The user whose token that is, and another one. */
export const ownUser = 4
export const annotator = 7

export interface FakeJob {
  readonly id: number
  readonly task_id: number
  readonly type: string
  readonly state: string
  readonly start_frame: number
  readonly stop_frame: number
}

/**
 * CVAT as its API documents it: versioned answers for those who ask for them, lists in pages, and addresses of
 * its own making in everything, which lead elsewhere here.
 */
export class FakeCvat {
  readonly jobs = new Map<number, FakeJob>()
  readonly annotations = new Map<number, object>()
  readonly meta = new Map<number, object>()
  readonly layouts = new Map<number, object>()
  labels: { id: number; name: string }[] = []
  issues: Record<string, unknown>[] = []
  /** Where the answers' own addresses lead. */
  elsewhere = 'http://localhost:8080'
  readonly tool = new FakeTool((request) => this.#answer(request))

  reset(): void {
    this.tool.reset()
    for (const map of [this.jobs, this.annotations, this.meta, this.layouts]) map.clear()
    this.labels = []
    this.issues = []
  }

  #answer(request: Seen): Answer {
    const { method, path, query, headers } = request
    if (![`Bearer ${cvatToken}`, basic].includes(headers.authorization ?? ''))
      return { status: 401, json: { detail: 'Authentication credentials were not provided.' } }
    if (headers.accept !== 'application/vnd.cvat+json')
      return { status: 406, json: { detail: 'Could not satisfy the request Accept header.' } }
    if (method === 'POST' && path === '/api/issues') {
      const { message: _, ...issue } = request.body as Record<string, unknown>
      this.issues.push({ id: this.issues.length + 1, owner: { id: ownUser }, resolved: false, ...issue })
      return { status: 201, json: this.issues.at(-1) }
    }
    if (path === '/api/users/self') return { json: { id: ownUser, username: 'scorer' } }
    if (path === '/api/labels') return this.#page(request, this.labels)
    if (path === '/api/issues') {
      const asked = Number(query.get('job_id'))
      return this.#page(
        request,
        this.issues.filter(({ job = asked }) => job === asked),
      )
    }
    if (path === '/api/jobs') {
      const wanted = (job: FakeJob) =>
        job.task_id === Number(query.get('task_id')) && job.type === query.get('type')
      return this.#page(request, [...this.jobs.values()].filter(wanted).map(described))
    }
    const [, kind, id, what] = /^\/api\/(jobs|tasks)\/(\d+)\/(.+)$/.exec(path) ?? []
    const source = { annotations: this.annotations, 'data/meta': this.meta, validation_layout: this.layouts }
    const found = kind && source[what as keyof typeof source]?.get(Number(id))
    return found ? { json: found } : { status: 404, json: { detail: 'Not found.' } }
  }

  /** Two items a page, whatever size is asked for: CVAT has a largest size too. */
  #page({ path, query }: Seen, all: readonly unknown[]): Answer {
    const page = Number(query.get('page') ?? 1)
    const results = all.slice(2 * page - 2, 2 * page)
    const next = all.length > 2 * page ? `${this.elsewhere}${path}?page=${page + 1}` : null
    return { json: { count: all.length, next, previous: null, results } }
  }
}

const described = (job: FakeJob) => ({
  ...job,
  url: `http://localhost:8080/api/jobs/${job.id}`,
  dimension: '2d',
  stage: job.type === 'ground_truth' ? 'acceptance' : 'annotation',
  updated_date: '2026-01-10T09:00:00.000000Z',
})

/** A filled box as CVAT's API tells it: corners, not sizes. */
export const box = (
  frame: number,
  label_id: number,
  x: number,
  y: number,
  right: number,
  bottom: number,
) => ({
  type: 'rectangle',
  frame,
  label_id,
  points: [x, y, right, bottom],
  rotation: 0,
  z_order: 0,
  group: 0,
  outside: false,
})

/** The same as a brush mask: runs inside its box, which is inclusive. */
export function mask(...at: Parameters<typeof box>) {
  const [, , x, y, right, bottom] = at
  const points = [0, (right - x) * (bottom - y), x, y, right - 1, bottom - 1]
  return { ...box(...at), type: 'mask', points }
}

export const frames = (count: number, width = 8, height = 4) =>
  Array.from({ length: count }, (_, index) => ({
    name: `img_${index}.png`,
    width,
    height,
    related_files: 0,
    has_related_context: false,
  }))

let clock = Date.parse('2026-01-10T10:00:00Z')

/** What CVAT sends when somebody saved the annotations of a job, or what a test says instead. */
export function updateJob(job: object, more: object = {}) {
  clock += 1000
  const updated_date = new Date(clock).toISOString()
  return {
    event: 'update:job',
    job: { ...described(job as FakeJob), updated_date, ...job },
    before_update: { updated_date: '2026-01-10T09:00:00.000000Z' },
    webhook_id: 7,
    sender: { id: annotator, username: 'annotator', url: 'http://localhost:8080/api/users/7' },
    ...more,
  }
}
