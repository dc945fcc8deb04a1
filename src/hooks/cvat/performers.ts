import { payloadPerformer } from '../payload-performer.ts'
import { type JobQuestion, scoreJob } from './score-job.ts'

export const cvatPerformers = {
  cvat_scores: payloadPerformer(({ part, parts, question }, context) => {
    const payload = {
      annotations: part('annotations'),
      meta: part('meta'),
      referenceAnnotations: part('reference_annotations'),
      referenceMeta: part('reference_meta'),
      layout: parts('layout')[0],
    }
    return scoreJob(question<JobQuestion>(), payload, context)
  }),
}
