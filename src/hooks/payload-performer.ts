import type { ScoringContext } from '../scoring/context.ts'
import { StageClock } from '../scoring/stage-clock.ts'
import type { Performer } from '../tasks/performer.ts'
import type { RequestBody } from '../tasks/task.ts'

/** The parts of what a tool sent or answered. */
interface Payload {
  /** The first part of a name; no bytes where there is none. `body` is a body that has no parts. */
  part(name: string): Uint8Array
  parts(name: string): Uint8Array[]
  /** Our own JSON beside the tool's bytes. */
  question<T>(): T
}

function payloadOf(body: RequestBody): Payload {
  const all = body.type === 'parts' ? body.parts : [{ name: 'body', bytes: body.bytes }]
  const parts = (name: string) => all.filter((part) => part.name === name).map(({ bytes }) => bytes)
  const part = (name: string) => parts(name)[0] ?? new Uint8Array()
  const question = <T>() => JSON.parse(new TextDecoder().decode(part('question'))) as T
  return { parts, part, question }
}

/** Work on a tool's payload, in a worker: payloads are large, and nothing large is parsed on the event loop. */
export const payloadPerformer =
  (work: (payload: Payload, context: ScoringContext) => unknown): Performer<ScoringContext> =>
  async (body, context) => ({
    value: await work(payloadOf(body), context),
    times: new StageClock().times,
    facts: {},
  })
