import { listEvaluations } from '../api/evaluations.ts'
import type { Evaluation } from '../api/types.ts'

/** Runs that can be chosen, newest first. */
export interface RunChoices {
  readonly runs: readonly Evaluation[]
  /** Where older ones begin; null where all are there. */
  readonly next: string | null
}

/** The newest runs that are done, or older ones after those that are known. Throws as `ask` does. */
export async function runChoices(known?: RunChoices): Promise<RunChoices> {
  const { entries, next } = await listEvaluations(known?.next ?? undefined)
  return { runs: [...(known?.runs ?? []), ...entries.filter(({ state }) => state === 'done')], next }
}
