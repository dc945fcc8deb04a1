import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Refusal } from '../../problems/refusal.ts'
import { sameSecret } from '../../secrets.ts'
import { askWorker, part, question } from '../ask-worker.ts'
import { type Arrival, newArrival } from '../journal.ts'
import { mayPass } from '../may-pass.ts'
import { notConfigured } from '../not-configured.ts'
import type { EventAnswer, EventHook, HookParts, IncomingEvent } from '../tool.ts'
import { openScaleEvent, type ScaleEvent, type Segmentation, scoredType } from './event.ts'
import type { ScaleImageClient } from './image-client.ts'
import type { TaskQuestion } from './score-task.ts'
import type { ScaleResult, TaskScores } from './task-scores.ts'

interface ScaleHookParts extends HookParts<ScaleResult> {
  /** The callback auth key of the account. */
  readonly secret: string | undefined
  readonly images: ScaleImageClient
  readonly maxJsonDepth: number
}

type ScoredEvent = ScaleEvent & Required<Pick<ScaleEvent, 'response' | 'hypothesis'>>

/** Callbacks hold addresses of masks, no masks; they are parsed on the event loop. */
const maxEventBytes = 2 ** 20

/**
 * What happens to a callback of Scale: key → event → acknowledged → is it new → masks fetched → scored. Scale calls
 * again, up to 20 times in a day, until it is answered with 2xx; so an event for which there is no room is refused.
 */
export class ScaleHook implements EventHook {
  readonly #parts: ScaleHookParts

  constructor(parts: ScaleHookParts) {
    this.#parts = parts
  }

  admit(headers: IncomingHttpHeaders): void {
    const { secret } = this.#parts
    if (!secret) throw notConfigured('SCALE_HOOK_SECRET')
    const key = headers['scale-callback-auth']
    if (typeof key !== 'string')
      throw new Refusal('UNAUTHENTICATED', 'The callback has no header `scale-callback-auth`.').advising(
        remedy,
      )
    if (!sameSecret(key, secret))
      throw new Refusal('FORBIDDEN', 'The callback has another key than the service.').advising(remedy)
  }

  async receive({ read }: IncomingEvent): Promise<EventAnswer> {
    const arrival = newArrival()
    const bytes = await read(maxEventBytes)
    const event = openScaleEvent(bytes, this.#parts.maxJsonDepth)
    const { response, hypothesis } = event
    if (!response || !hypothesis) {
      await this.#write(arrival, { event: nameOf(event), outcome: 'ignored', detail: whyIgnored(event) })
      return answer(200, 'ignored')
    }
    const key = `scale:${createHash('sha256').update(bytes).digest('hex')}`
    const same_as = await this.#parts.memory.claim(key, arrival.id)
    if (same_as !== undefined) {
      await this.#write(arrival, { event: nameOf(event), outcome: 'duplicate', same_as })
      return answer(200, 'duplicate')
    }
    const scored = { ...event, response, hypothesis }
    const isTaken = this.#parts.work.push({
      bytes: bytes.byteLength,
      run: (signal) => this.#handle(arrival, scored, key, bytes.byteLength, signal),
      abandon: () => this.#write(arrival, { event: nameOf(event), outcome: 'abandoned', code: 'DRAINING' }),
    })
    if (isTaken) return answer(202, 'accepted')
    await this.#parts.memory.release(key)
    const detail = 'Too many callbacks of Scale wait.'
    await this.#write(arrival, { event: nameOf(event), outcome: 'dropped', code: 'QUEUE_FULL', detail })
    throw new Refusal('QUEUE_FULL', detail)
  }

  async #write(arrival: Arrival, result: ScaleResult): Promise<void> {
    await this.#parts.journal.write(arrival, result)
  }

  async #handle(arrival: Arrival, event: ScoredEvent, key: string, bytes: number, signal: AbortSignal) {
    const { memory, retries } = this.#parts
    const result = await this.#work(event, signal)
    const is_kept = mayPass(result.code) && this.#keep(event, key, arrival.id, bytes)
    if (result.outcome === 'failed' && !is_kept) await memory.release(key)
    if (!mayPass(result.code)) retries.wake()
    await this.#write(arrival, {
      ...result,
      ...(is_kept && { is_kept, detail: `${result.detail} ${isKept}` }),
    })
  }

  /** Keeps an event whose masks could not be fetched, or that no worker had room for. */
  #keep(event: ScoredEvent, key: string, retry_of: string, bytes: number): boolean {
    let code: string | undefined
    return this.#parts.retries.keep(key, {
      bytes,
      run: async (signal) => {
        const arrival = newArrival()
        const result = await this.#work(event, signal)
        if (mayPass(result.code)) {
          code = result.code
          return `Task ${event.task}: ${result.detail}`
        }
        if (result.outcome === 'failed') await this.#parts.memory.release(key)
        await this.#write(arrival, { ...result, retry_of })
        return undefined
      },
      giveUp: async (outcome, detail) => {
        await this.#parts.memory.release(key)
        const given = outcome === 'abandoned' ? 'DRAINING' : (code ?? 'TOOL_UNREACHABLE')
        const told = { event: nameOf(event), outcome, detail: `Task ${event.task}: ${detail}`, retry_of }
        await this.#write(newArrival(), { ...told, code: given })
      },
    })
  }

  async #work(event: ScoredEvent, signal: AbortSignal): Promise<ScaleResult> {
    const { images, memory, journal, runner } = this.#parts
    const name = nameOf(event)
    try {
      const [response, hypothesis] = await Promise.all(
        [event.response, event.hypothesis].map((side) => images.get(addressOf(side), signal)),
      )
      const asked: TaskQuestion = {
        task: event.task,
        response: event.response.labelMapping,
        hypothesis: event.hypothesis.labelMapping,
      }
      const fingerprint = fingerprintOf(JSON.stringify(asked), response, hypothesis)
      const parts = [question(asked), part('response', response), part('hypothesis', hypothesis)]
      const pre_label = await askWorker<TaskScores>(runner, 'scale_scores', parts, signal)
      const outcome = (await memory.isNew(`scale:${event.task}`, fingerprint)) ? 'scored' : 'unchanged'
      const notes = pre_label.notes.map((note) => `Warning ${note}`)
      return { event: name, outcome, ...(notes.length > 0 && { detail: notes.join(' ') }), pre_label }
    } catch (error) {
      return journal.resultOf(name, error)
    }
  }
}

/** No key of the service helps here. */
const remedy = 'Set MASKSCORE_SCALE_HOOK_SECRET to the callback auth key that the dashboard of Scale shows.'
const isKept = 'The event is kept and tried again.'

const answer = (status: number, told: string): EventAnswer => ({
  status,
  text: JSON.stringify({ status: told }),
})

const nameOf = ({ type, status }: ScaleEvent): string => `${type || 'callback'} ${status}`.trim()

function whyIgnored({ type, status, task }: ScaleEvent): string {
  if (type !== scoredType) return `Tasks of type "${type}" are not scored; ${scoredType} is.`
  if (status !== 'completed') return `The task ${task} is ${status || 'not completed'}.`
  return `The task ${task} was created without a pre-label (\`hypothesis\`), so there is nothing to score.`
}

/** The image with 24 bits an index where there is one: the other ends at 255. */
function addressOf({ annotations: { combined } }: Segmentation): string {
  const address = combined.extendedIndexedImage ?? combined.indexedImage
  if (address === undefined)
    throw new Refusal('INVALID_ANNOTATION', 'A segmentation of the task has no indexedImage.')
  return address
}

function fingerprintOf(...contents: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  for (const content of contents) hash.update(content)
  return hash.digest('hex')
}
