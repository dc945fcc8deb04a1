import type { BodyPart } from '../../tasks/task.ts'
import { part, question } from '../ask-worker.ts'
import type { CvatClient } from './client.ts'
import type { Job } from './event.ts'
import type { JobQuestion } from './score-job.ts'

/** Everything a worker needs to score a job, fetched; or why it cannot be scored. */
export async function fetchJob(
  client: CvatClient,
  job: Job,
  locate: boolean,
  signal: AbortSignal,
): Promise<{ parts: BodyPart[] } | { reason: string }> {
  const reference = await client.groundTruthJob(job.task_id, signal)
  if (!reference) return { reason: `Task ${job.task_id} has no ground-truth job.` }
  if (reference.state !== 'completed')
    return { reason: `The ground-truth job ${reference.id} is not completed yet.` }
  const [labels, annotations, meta, referenceAnnotations, referenceMeta, layout] = await Promise.all([
    client.labels(job.id, signal),
    client.annotations(job.id, signal),
    client.meta(job.id, signal),
    client.annotations(reference.id, signal),
    client.meta(reference.id, signal),
    client.validationLayout(job.task_id, signal),
  ])
  const asked: JobQuestion = { job, reference, labels, locate }
  return {
    parts: [
      question(asked),
      part('annotations', annotations),
      part('meta', meta),
      part('reference_annotations', referenceAnnotations),
      part('reference_meta', referenceMeta),
      ...(layout ? [part('layout', layout)] : []),
    ],
  }
}
