import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from '../../problems/refusal.ts'
import type { Delivery } from '../delivery.ts'
import { InTurn } from '../in-turn.ts'
import { type Arrival, newArrival } from '../journal.ts'
import { mayPass } from '../may-pass.ts'
import { notConfigured } from '../not-configured.ts'
import type { EventAnswer, EventHook, HookParts, IncomingEvent } from '../tool.ts'
import { answerOf, pendingAnswer } from './answer.ts'
import type { CvatClient } from './client.ts'
import { type CvatEvent, openCvatEvent } from './event.ts'
import type { CvatResult } from './job-scores.ts'
import { type CvatSecrets, verifySignature } from './verify.ts'
import { type JobEvent, workOnJob } from './work-on-job.ts'

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
  readonly #inTurn = new InTurn()

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
    event: JobEvent,
    digest: string,
    client: CvatClient,
  ): Promise<CvatDelivery> {
    const { memory, work, retries } = this.#parts
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
    // What is done now says what an earlier event of the job would.
    retries.drop(retryKey(event))
    const result = await new Promise<CvatResult | undefined>((resolve) => {
      const isTaken = work.push({
        bytes: 0,
        run: async (signal) => resolve(await this.#work(event, client, false, signal)),
        abandon: async () => resolve({ event: event.event, outcome: 'abandoned', code: 'DRAINING' }),
      })
      if (!isTaken) resolve(undefined)
    })
    if (result && !mayPass(result.code) && result.outcome !== 'failed') return this.#write(arrival, result)
    await memory.release(key)
    const detail = 'Too many events of CVAT wait.'
    const told = result ?? { event: event.event, outcome: 'dropped' as const, code: 'QUEUE_FULL', detail }
    const is_kept = mayPass(told.code) && this.#keep(event, key, arrival.id, client)
    const kept = is_kept && { is_kept, detail: `${told.detail} ${isKept}` }
    const delivery = await this.#write(arrival, { ...told, ...kept })
    if (!result) throw new Refusal('QUEUE_FULL', detail)
    return delivery
  }

  /** The result of the first time, told again; it is not written down twice. */
  async #repeat(arrival: Arrival, event: string, same_as: string): Promise<CvatDelivery> {
    const first = await this.#parts.journal.find(same_as)
    const again = await this.#write(arrival, { event, outcome: 'duplicate', same_as })
    return { ...first, ...again, ...(first?.detail && { detail: first.detail }) }
  }

  /** One event of a job after the other, so that two of them do not write the same issue. */
  async #work(event: JobEvent, client: CvatClient, again: boolean, signal: AbortSignal): Promise<CvatResult> {
    const parts = { ...this.#parts, client, again }
    const work = () => workOnJob(event, parts, signal)
    const result = await this.#inTurn
      .run(String(event.job.id), work)
      .catch((error) => this.#parts.journal.resultOf(event.event, error))
    if (!mayPass(result.code)) this.#parts.retries.wake()
    return result
  }

  /** Keeps an event that could not be done in full. Nothing of it but ids is held: a job is fetched as it is then. */
  #keep(event: JobEvent, key: string, retry_of: string, client: CvatClient): boolean {
    const { retries, memory } = this.#parts
    let code: string | undefined
    return retries.keep(retryKey(event), {
      bytes: 0,
      run: async (signal) => {
        const arrival = newArrival()
        // It may have come again and be done.
        if ((await memory.claim(key, arrival.id)) !== undefined) return undefined
        const result = await this.#work(event, client, true, signal)
        if (mayPass(result.code)) {
          code = result.code
          await memory.release(key)
          return `${subjectOf(event)} ${result.detail}`
        }
        if (result.outcome === 'failed') await memory.release(key)
        await this.#write(arrival, { ...result, retry_of })
        return undefined
      },
      giveUp: async (outcome, detail) => {
        const told = { event: event.event, outcome, detail: `${subjectOf(event)} ${detail}`, retry_of }
        await this.#write(newArrival(), {
          ...told,
          code: outcome === 'abandoned' ? 'DRAINING' : (code ?? 'TOOL_UNREACHABLE'),
        })
      },
    })
  }
}

const isKept = 'The event is kept and tried again until CVAT answers.'
const retryKey = ({ job }: JobEvent) => String(job.id)
const subjectOf = ({ job }: JobEvent) => `Job ${job.id} of task ${job.task_id}:`

function whyIgnored({ event, job }: CvatEvent, client: CvatClient | undefined): string | undefined {
  if (event === 'ping') return client ? 'The webhook is heard.' : `The webhook is heard. ${unconfigured}`
  if (!job) return 'Events of this kind are not scored; update:job is.'
  if (job.type !== 'annotation') return `Jobs of type ${job.type} are not scored.`
  if (job.dimension !== '2d') return 'Only jobs on images are scored.'
  return client ? undefined : unconfigured
}
