import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from '../../problems/refusal.ts'
import { askWorker } from '../ask-worker.ts'
import type { Delivery } from '../delivery.ts'
import { type Arrival, newArrival } from '../journal.ts'
import { notConfigured } from '../not-configured.ts'
import type { EventAnswer, EventHook, HookParts, IncomingEvent } from '../tool.ts'
import { answerOf, pendingAnswer } from './answer.ts'
import type { CvatClient } from './client.ts'
import { type CvatEvent, type Job, openCvatEvent } from './event.ts'
import { fetchJob } from './fetch-job.ts'
import type { CvatResult, JobScores } from './job-scores.ts'
import { summaryOf } from './summary.ts'
import { type CvatSecrets, verifySignature } from './verify.ts'
import { writeIssues } from './write-issues.ts'

interface CvatHookParts extends HookParts<CvatResult> {
  readonly secrets: CvatSecrets
  /** Absent without an address and a token: then nothing can be fetched, and nothing is scored. */
  readonly client: CvatClient | undefined
  readonly writesIssues: boolean
  readonly maxJsonDepth: number
}

/** A delivery as CVAT is answered. */
type CvatDelivery = Delivery & CvatResult

/** Events of CVAT hold no annotations. */
const maxEventBytes = 2 ** 20

const unconfigured =
  'CVAT’s payloads hold no annotations: set MASKSCORE_CVAT_URL and MASKSCORE_CVAT_TOKEN to have them fetched.'

/**
 * What happens to a webhook of CVAT: signature → event → is it new → fetch → score → issues. CVAT shows what it is
 * answered, and repeats what it gets a 5xx for, with the same bytes.
 */
export class CvatHook implements EventHook {
  readonly #parts: CvatHookParts
  /** Events in work, by the sha256 of their bytes: one that comes again meanwhile waits for the same result. */
  readonly #inWork = new Map<string, Promise<CvatDelivery>>()

  constructor(parts: CvatHookParts) {
    this.#parts = parts
  }

  /** Without a secret nobody is let in: whoever reached this address could have jobs fetched and scored. */
  admit(): void {
    const { common, ofWebhook } = this.#parts.secrets
    if (common === undefined && Object.keys(ofWebhook).length === 0) throw notConfigured('CVAT_HOOK_SECRET')
  }

  async receive({ headers, startedAt, read }: IncomingEvent): Promise<EventAnswer> {
    const bytes = await read(maxEventBytes)
    const signature = headers['x-signature-256']
    const handling = this.#handle(bytes, typeof signature === 'string' ? signature : undefined)
    const answered = new AbortController()
    const waitMs = this.#parts.times.answerMs - (performance.now() - startedAt)
    const timeout = sleep(waitMs, undefined, { signal: answered.signal }).catch(() => undefined)
    const delivery = await Promise.race([handling, timeout]).finally(() => answered.abort())
    if (delivery) return answerOf(delivery)
    // Nobody waits for it any more; what became of it is in the deliveries.
    handling.catch(() => undefined)
    return pendingAnswer()
  }

  /**
   * What became of an event.
   *
   * @throws Refusal UNAUTHENTICATED, INVALID_ANNOTATION, QUEUE_FULL
   */
  async #handle(bytes: Uint8Array, signature: string | undefined): Promise<CvatDelivery> {
    const arrival = newArrival()
    const checkSigner = verifySignature(bytes, signature, this.#parts.secrets)
    const event = openCvatEvent(bytes, this.#parts.maxJsonDepth)
    checkSigner(event.webhook)
    const { client } = this.#parts
    const ignored = whyIgnored(event, client)
    const { job } = event
    if (ignored || !client || !job)
      return this.#write(arrival, {
        event: event.event,
        outcome: 'ignored',
        ...(ignored && { detail: ignored }),
      })
    const digest = createHash('sha256').update(bytes).digest('hex')
    const inWork = this.#inWork.get(digest)
    if (inWork) return inWork
    const handling = this.#handleJob(arrival, { ...event, job }, digest, client).finally(() =>
      this.#inWork.delete(digest),
    )
    this.#inWork.set(digest, handling)
    return handling
  }

  #write(arrival: Arrival, result: CvatResult): Promise<CvatDelivery> {
    return this.#parts.journal.write(arrival, result)
  }

  async #handleJob(
    arrival: Arrival,
    event: CvatEvent & { readonly job: Job },
    digest: string,
    client: CvatClient,
  ): Promise<CvatDelivery> {
    const { memory, work, journal } = this.#parts
    const key = `cvat:${digest}`
    const earlier = await memory.claim(key, arrival.id)
    if (earlier !== undefined) return this.#repeat(arrival, event.event, earlier)
    const changedAt = Date.parse(event.job.updated_date ?? '')
    if (!Number.isNaN(changedAt) && !(await memory.advance(`cvat:${event.job.id}`, changedAt)))
      return this.#write(arrival, {
        event: event.event,
        outcome: 'stale',
        detail: `A later change of job ${event.job.id} is known.`,
      })
    const result = await new Promise<CvatResult | undefined>((resolve) => {
      const isTaken = work.push({
        bytes: 0,
        run: async (signal) =>
          resolve(
            await this.#score(event, client, signal).catch((error) => journal.resultOf(event.event, error)),
          ),
        abandon: async () => resolve({ event: event.event, outcome: 'abandoned', code: 'DRAINING' }),
      })
      if (!isTaken) resolve(undefined)
    })
    const isDone = result && result.outcome !== 'failed' && result.outcome !== 'abandoned'
    if (!isDone) await memory.release(key)
    if (!result) {
      const detail = 'Too many events of CVAT wait.'
      await this.#write(arrival, { event: event.event, outcome: 'dropped', code: 'QUEUE_FULL', detail })
      throw new Refusal('QUEUE_FULL', detail)
    }
    return this.#write(arrival, result)
  }

  /** The result of the first time, told again; it is not written down twice. */
  async #repeat(arrival: Arrival, event: string, same_as: string): Promise<CvatDelivery> {
    const first = await this.#parts.journal.find(same_as)
    const again = await this.#write(arrival, { event, outcome: 'duplicate', same_as })
    return { ...first, ...again, ...(first?.detail && { detail: first.detail }) }
  }

  async #score(
    { event, job, sender }: CvatEvent & { readonly job: Job },
    client: CvatClient,
    signal: AbortSignal,
  ): Promise<CvatResult> {
    const { runner, memory, writesIssues } = this.#parts
    // An issue of ours changes its job, which is an event again.
    if (writesIssues && sender !== undefined && sender === (await client.user(signal)))
      return { event, outcome: 'ignored', detail: 'The sender is the user whose token writes the issues.' }
    const payload = await fetchJob(client, job, writesIssues, signal)
    if ('reason' in payload) return { event, outcome: 'nothing_to_score', detail: payload.reason }
    const scores = await askWorker<JobScores>(runner, 'cvat_scores', payload.parts, signal)
    const detail = summaryOf(scores)
    if (scores.frames_scored === 0) return { event, outcome: 'nothing_to_score', detail, job: scores }
    if (!(await memory.isNew(`cvat:${job.id}`, scores.fingerprint)))
      return { event, outcome: 'unchanged', detail, job: scores }
    const issues = writesIssues ? await writeIssues(client, scores, signal) : {}
    const details = [detail, ...(issues.detail ? [issues.detail] : [])].join(' ')
    return { event, outcome: 'scored', job: scores, ...issues, detail: details }
  }
}

function whyIgnored({ event, job }: CvatEvent, client: CvatClient | undefined): string | undefined {
  if (event === 'ping') return client ? 'The webhook is heard.' : `The webhook is heard. ${unconfigured}`
  if (!job) return 'Events of this kind are not scored; update:job is.'
  if (job.type !== 'annotation') return `Jobs of type ${job.type} are not scored.`
  if (job.dimension !== '2d') return 'Only jobs on images are scored.'
  return client ? undefined : unconfigured
}
