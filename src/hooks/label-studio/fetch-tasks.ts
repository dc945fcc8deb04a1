import { Refusal } from '../../problems/refusal.ts'
import type { LabelStudioClient } from './client.ts'
import type { AnnotationFacts } from './event.ts'

/** Tasks that one event may have fetched. */
const maxTasks = 20

/** Tasks as Label Studio answered them, and what kept others from being fetched. */
export interface FetchedTasks {
  readonly tasks: readonly Uint8Array[]
  readonly code?: string
  readonly detail?: string
}

/**
 * Fetches what the payload lacks, or all of it: a task tells too whether its score is written already. A tool that fails
 * leaves the payload's own scores.
 */
export async function fetchTasks(
  client: LabelStudioClient | undefined,
  annotations: readonly AnnotationFacts[],
  all: boolean,
  signal: AbortSignal,
): Promise<FetchedTasks> {
  const tasks: Uint8Array[] = []
  if (!client) return { tasks }
  const ids = annotations.flatMap(({ needsTask, task }) =>
    (needsTask || all) && task !== null ? [task] : [],
  )
  const wanted = [...new Set(ids)]
  try {
    for (const id of wanted.slice(0, maxTasks)) tasks.push(await client.task(id, signal))
  } catch (error) {
    if (!(error instanceof Refusal) || signal.aborted) throw error
    return { tasks, code: error.code, detail: error.message }
  }
  const detail = `The ground truth of ${wanted.length - maxTasks} more tasks was not fetched.`
  return { tasks, ...(wanted.length > maxTasks && { detail }) }
}
