import { askWorker } from '../ask-worker.ts'
import type { HookParts } from '../tool.ts'
import type { CvatClient } from './client.ts'
import type { CvatEvent, Job } from './event.ts'
import { fetchJob } from './fetch-job.ts'
import type { CvatResult, JobScores } from './job-scores.ts'
import { summaryOf } from './summary.ts'
import { writeIssues } from './write-issues.ts'

export type JobEvent = CvatEvent & { readonly job: Job }

interface WorkParts extends Pick<HookParts<CvatResult>, 'runner' | 'memory'> {
  readonly client: CvatClient
  readonly writesIssues: boolean
  /** Whether the event was worked on before, so that issues may be there already. */
  readonly again: boolean
}

/**
 * Fetches a job as it is now, scores it and writes its issues. A result with a code is one whose issues are not all
 * written; the job counts as not seen then, so that the next event writes them.
 *
 * @throws Refusal of the tool or of a worker, or the signal's reason
 */
export async function workOnJob(
  { event, job, sender }: JobEvent,
  { runner, memory, client, writesIssues, again }: WorkParts,
  signal: AbortSignal,
): Promise<CvatResult> {
  // An issue of ours changes its job, which is an event again.
  if (writesIssues && sender !== undefined && sender === (await client.user(signal)))
    return { event, outcome: 'ignored', detail: 'The sender is the user whose token writes the issues.' }
  const payload = await fetchJob(client, job, writesIssues, signal)
  if ('reason' in payload) return { event, outcome: 'nothing_to_score', detail: payload.reason }
  const scores = await askWorker<JobScores>(runner, 'cvat_scores', payload.parts, signal)
  const detail = summaryOf(scores)
  if (scores.frames_scored === 0) return { event, outcome: 'nothing_to_score', detail, job: scores }
  const thing = `cvat:${job.id}`
  if (!(await memory.isNew(thing, scores.fingerprint)))
    return { event, outcome: 'unchanged', detail, job: scores }
  if (!writesIssues) return { event, outcome: 'scored', job: scores, detail }
  try {
    const issues = await writeIssues(client, scores, again, signal)
    if (issues.code) await memory.forget(thing)
    const details = [detail, ...(issues.detail ? [issues.detail] : [])].join(' ')
    return { event, outcome: 'scored', job: scores, ...issues, detail: details }
  } catch (error) {
    await memory.forget(thing)
    throw error
  }
}
