import { z } from 'zod'
import { parseJson } from '../../json/parse-json.ts'
import { Refusal } from '../../problems/refusal.ts'
import { type Authorization, ToolClient, type ToolClientOptions } from '../tool-client.ts'
import { type Job, jobSchema } from './event.ts'
import type { Finding } from './job-scores.ts'

const pageSchema = z.object({ next: z.string().nullish(), results: z.array(z.unknown()) })
const labelSchema = z.object({ id: z.int().min(1), name: z.string().min(1).max(200) })
const userSchema = z.object({ id: z.int() })
const issueSchema = z.object({
  frame: z.int(),
  resolved: z.boolean().default(false),
  position: z.array(z.number()).nullish(),
  owner: userSchema.nullish(),
})

const pageSize = 100
const maxPages = 50
const maxJsonDepth = 64

/** The calls of CVAT's API that the hooks need. Large answers stay bytes, for a worker to read. */
export class CvatClient {
  readonly #client: ToolClient
  #user: Promise<number> | undefined

  /** Without a token the user and password in the address are sent. */
  constructor(
    token: string | undefined,
    options: Omit<ToolClientOptions, 'tool' | 'authorization' | 'accept'>,
  ) {
    this.#client = new ToolClient({
      ...options,
      tool: 'CVAT',
      accept: 'application/vnd.cvat+json',
      authorization: token === undefined ? undefined : authorizationBy(token),
    })
  }

  annotations = (job: number, signal: AbortSignal): Promise<Uint8Array> =>
    this.#client.get(`/api/jobs/${job}/annotations`, signal)

  meta = (job: number, signal: AbortSignal): Promise<Uint8Array> =>
    this.#client.get(`/api/jobs/${job}/data/meta`, signal)

  /** Which frames are honeypots; undefined for tasks, and versions of CVAT, without. */
  validationLayout = (task: number, signal: AbortSignal): Promise<Uint8Array | undefined> =>
    this.#client.find(`/api/tasks/${task}/validation_layout`, signal)

  labels = (job: number, signal: AbortSignal) => this.#list(`/api/labels?job_id=${job}`, labelSchema, signal)

  async groundTruthJob(task: number, signal: AbortSignal): Promise<Job | undefined> {
    const [job] = await this.#list(`/api/jobs?task_id=${task}&type=ground_truth`, jobSchema, signal)
    return job
  }

  /** The id of the user whose token this is; asked once. */
  user(signal: AbortSignal): Promise<number> {
    this.#user ??= this.#client
      .get('/api/users/self', signal)
      .then((bytes) => read(userSchema, bytes).id)
      .catch((error) => {
        this.#user = undefined
        throw error
      })
    return this.#user
  }

  /** The issues of a job that the token's user has. */
  async ownIssues(job: number, signal: AbortSignal) {
    const user = await this.user(signal)
    const issues = await this.#list(`/api/issues?job_id=${job}`, issueSchema, signal)
    return issues.filter(({ owner }) => owner?.id === user)
  }

  async writeIssue(job: number, finding: Finding, message: string, signal: AbortSignal): Promise<void> {
    const [frame, position] = [finding.frame, positionOf(finding)]
    await this.#client.send('POST', '/api/issues', { job, frame, position, message }, signal)
  }

  /** All pages. The address of the next one is made here: the one that CVAT names may lead elsewhere. */
  async #list<S extends z.ZodType>(path: string, schema: S, signal: AbortSignal): Promise<z.output<S>[]> {
    const all: z.output<S>[] = []
    for (let page = 1; page <= maxPages; page++) {
      const bytes = await this.#client.get(`${path}&page=${page}&page_size=${pageSize}`, signal)
      const { next, results } = read(pageSchema, bytes)
      all.push(...read(z.array(schema), results))
      if (!next) break
    }
    return all
  }
}

/** Where the issue of a finding is drawn: [left, top, right, bottom]. */
export const positionOf = ({ bbox: [x, y, width, height] }: Finding): number[] => [
  x,
  y,
  x + width,
  y + height,
]

/** A legacy token is 40 hex digits; a personal access token is a bearer. */
function authorizationBy(token: string): Authorization {
  const header = /^[0-9a-f]{40}$/.test(token) ? `Token ${token}` : `Bearer ${token}`
  return async () => header
}

function read<S extends z.ZodType>(schema: S, answer: unknown): z.output<S> {
  const value = answer instanceof Uint8Array ? parseJson(answer, maxJsonDepth) : answer
  const { success, data } = schema.safeParse(value)
  if (!success) throw new Refusal('TOOL_ANSWER', 'CVAT answered something else than its API describes.')
  return data
}
