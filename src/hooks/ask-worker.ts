import { Refusal } from '../problems/refusal.ts'
import type { TaskRunner } from '../tasks/runner.ts'
import type { BodyPart } from '../tasks/task.ts'
import type { HookCall } from './performers.ts'

const decoder = new TextDecoder()

/**
 * Has a worker do something with a tool's payloads.
 *
 * @throws Refusal of the worker, or the signal's reason
 */
export async function askWorker<T>(
  runner: TaskRunner,
  call: HookCall,
  parts: readonly BodyPart[],
  signal: AbortSignal,
): Promise<T> {
  const { outcome } = await runner.run({ call, body: { type: 'parts', parts } }, signal)
  if (!outcome.ok) throw new Refusal(outcome.code, outcome.detail, outcome.errors, outcome.remedy)
  return JSON.parse(decoder.decode(outcome.body)) as T
}

export const part = (name: string, bytes: Uint8Array): BodyPart => ({ name, bytes })

/** Our own question to a worker, as JSON. */
export const question = (value: unknown): BodyPart =>
  part('question', new TextEncoder().encode(JSON.stringify(value)))
