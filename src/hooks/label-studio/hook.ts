import type { IncomingHttpHeaders } from 'node:http'
import { Refusal } from '../../problems/refusal.ts'
import { bearerOf, sameSecret } from '../../secrets.ts'
import { askWorker, part, question } from '../ask-worker.ts'
import { type Arrival, newArrival } from '../journal.ts'
import { mayPass } from '../may-pass.ts'
import { notConfigured } from '../not-configured.ts'
import type { EventAnswer, EventHook, HookParts, IncomingEvent } from '../tool.ts'
import type { AnnotationScores, LabelStudioResult } from './annotation-scores.ts'
import type { LabelStudioClient } from './client.ts'
import type { EventFacts } from './event.ts'
import { type FetchedTasks, fetchTasks } from './fetch-tasks.ts'
import { type Freshness, freshAnnotations } from './fresh-annotations.ts'
import { postScores } from './post-scores.ts'

interface LabelStudioHookParts extends HookParts<LabelStudioResult> {
  /** What its webhooks send as a bearer key: a secret of its own, not one of the service's keys. */
  readonly secret: string | undefined
  /** Absent without an address and a token: then payloads alone are scored, and nothing is written back. */
  readonly client: LabelStudioClient | undefined
}

const scoredActions = ['ANNOTATION_CREATED', 'ANNOTATION_UPDATED', 'ANNOTATIONS_CREATED']
/** Of one event; a bulk import can bring thousands. */
const maxAnnotations = 100

/**
 * What happens to a webhook of Label Studio after it was acknowledged: facts → what is new → what the payload
 * lacks → scores → written back. Label Studio waits a second and never asks again, so nothing here is in its way.
 */
export class LabelStudioHook implements EventHook {
  readonly #parts: LabelStudioHookParts

  constructor(parts: LabelStudioHookParts) {
    this.#parts = parts
  }

  admit({ authorization }: IncomingHttpHeaders): void {
    const { secret } = this.#parts
    if (!secret) throw notConfigured('LABEL_STUDIO_HOOK_SECRET')
    const token = bearerOf(authorization)
    if (token === undefined)
      throw new Refusal(
        'UNAUTHENTICATED',
        'The webhook has no header `Authorization: Bearer <secret>`.',
      ).advising(remedy)
    if (!sameSecret(token, secret))
      throw new Refusal(
        'FORBIDDEN',
        'The secret of the webhook is not the one that is set for the service.',
      ).advising(remedy)
  }

  async receive({ read }: IncomingEvent): Promise<EventAnswer> {
    const status = await this.take(read)
    return { status: status === 'accepted' ? 202 : 200, text: JSON.stringify({ status }) }
  }

  /**
   * Takes an event to be worked on later. Label Studio waits one second, and switches a webhook off that fails too
   * often; so an event for which there is no memory or room is dropped and acknowledged all the same.
   */
  async take(read: IncomingEvent['read']): Promise<'accepted' | 'dropped'> {
    const arrival = newArrival()
    let bytes: Uint8Array
    try {
      bytes = await read()
    } catch (error) {
      if (!(error instanceof Refusal) || !['INPUT_TOO_LARGE', 'OVERLOADED'].includes(error.code)) throw error
      await this.#drop(arrival, error.code, error.message)
      return 'dropped'
    }
    const isTaken = this.#parts.work.push({
      bytes: bytes.byteLength,
      run: (signal) => this.#handle(arrival, bytes, signal),
      abandon: () => this.#write(arrival, { event: '', outcome: 'abandoned', code: 'DRAINING' }),
    })
    if (isTaken) return 'accepted'
    await this.#drop(arrival, 'QUEUE_FULL', 'Too many events wait; this one was acknowledged and dropped.')
    return 'dropped'
  }

  #drop(arrival: Arrival, code: string, detail: string): Promise<void> {
    return this.#write(arrival, { event: '', outcome: 'dropped', code, detail })
  }

  async #write(arrival: Arrival, result: LabelStudioResult): Promise<void> {
    await this.#parts.journal.write(arrival, result)
  }

  async #handle(arrival: Arrival, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    const result = await this.#work(arrival, bytes, false, signal)
    const is_kept = mayPass(result.code) && this.#keep(arrival.id, bytes)
    const kept = is_kept && { is_kept, detail: `${result.detail} ${isKept}` }
    await this.#write(arrival, { ...result, ...kept })
  }

  /** Keeps an event that could not be done in full; Label Studio never sends one again. */
  #keep(retry_of: string, bytes: Uint8Array): boolean {
    let last: LabelStudioResult = { event: '', outcome: 'failed' }
    return this.#parts.retries.keep(retry_of, {
      bytes: bytes.byteLength,
      run: async (signal) => {
        const arrival = newArrival()
        last = await this.#work(arrival, bytes, true, signal)
        if (mayPass(last.code)) return `${last.detail}`
        await this.#write(arrival, { ...last, retry_of })
        return undefined
      },
      giveUp: (outcome, detail) => {
        const code = outcome === 'abandoned' ? 'DRAINING' : (last.code ?? 'TOOL_UNREACHABLE')
        return this.#write(newArrival(), { event: last.event, outcome, code, detail, retry_of })
      },
    })
  }

  /** What comes of an event. `again`: it was worked on before, so its score may be in Label Studio already. */
  async #work(
    arrival: Arrival,
    bytes: Uint8Array,
    again: boolean,
    signal: AbortSignal,
  ): Promise<LabelStudioResult> {
    const { client, memory, journal, retries } = this.#parts
    // Copies: what is sent to a worker is gone from here, and an event may be kept.
    const event = () => part('event', new Uint8Array(bytes))
    let action = ''
    let fresh: Freshness | undefined
    try {
      const facts = await this.#ask<EventFacts>('label_studio_facts', [event()], signal)
      action = facts.action
      const ignored = whyIgnored(facts)
      if (ignored) return { event: action, outcome: 'ignored', detail: ignored }
      fresh = await freshAnnotations(facts, arrival.id, memory)
      if (fresh.positions.length === 0) {
        const { outcome, same_as } = fresh
        return { event: action, outcome, ...(same_as && { same_as }) }
      }
      const positions = fresh.positions.slice(0, maxAnnotations)
      const annotations = positions.map((position) => facts.annotations[position])
      const answers = await fetchTasks(client, annotations, again, signal)
      const scores = await this.#ask<AnnotationScores[]>(
        'label_studio_scores',
        [event(), ...answers.tasks.map((task) => part('task', task)), question(positions)],
        signal,
      )
      const result = resultOf(action, scores, fresh.positions.length - positions.length, answers)
      // A score that the ground truth is missing from is not written: the right one follows when the tool answers.
      const posted = mayPass(answers.code) ? {} : await postScores(client, scores, signal)
      const all = { ...result, ...posted }
      if (all.outcome === 'failed' || mayPass(all.code)) await this.#release(fresh)
      if (client && !mayPass(all.code)) retries.wake()
      return all
    } catch (error) {
      if (fresh) await this.#release(fresh)
      return journal.resultOf(action, error)
    }
  }

  #ask<T>(
    call: 'label_studio_facts' | 'label_studio_scores',
    parts: Parameters<typeof askWorker>[2],
    signal: AbortSignal,
  ) {
    return askWorker<T>(this.#parts.runner, call, parts, signal)
  }

  /** It came to nothing, so the same event may come again. */
  async #release({ claimed }: Freshness): Promise<void> {
    for (const key of claimed) await this.#parts.memory.release(key)
  }
}

/** No key of the service helps here. */
const remedy =
  'Give the webhook in Label Studio the header `Authorization: Bearer …` with what MASKSCORE_LABEL_STUDIO_HOOK_SECRET holds.'
const isKept = 'The event is kept and tried again until Label Studio answers.'

function whyIgnored({ action, annotations }: EventFacts): string | undefined {
  if (!scoredActions.includes(action)) return 'Events of this kind are not scored.'
  if (annotations.length === 0)
    return 'The payload holds no annotation: switch on "Send payload" in the webhook’s settings.'
  return undefined
}

function resultOf(
  event: string,
  annotations: AnnotationScores[],
  leftOut: number,
  { code: fetchCode, detail }: FetchedTasks,
): LabelStudioResult {
  const isScored = annotations.some(({ against }) => against !== null)
  const notes = [
    ...(detail ? [detail] : []),
    ...new Set(annotations.flatMap(({ note }) => (note ? [note] : []))),
    ...(leftOut > 0 ? [`${leftOut} more annotations of the event were left out.`] : []),
  ]
  const code = fetchCode ?? annotations.find((row) => row.code)?.code
  return {
    event,
    outcome: isScored ? 'scored' : code ? 'failed' : 'nothing_to_score',
    ...(notes.length > 0 && { detail: notes.slice(0, 5).join(' ') }),
    ...(code && { code }),
    annotations,
  }
}
