import { payloadPerformer } from '../payload-performer.ts'
import { scoreTask, type TaskQuestion } from './score-task.ts'

export const scalePerformers = {
  scale_scores: payloadPerformer(({ part, question }, context) =>
    scoreTask(
      question<TaskQuestion>(),
      { response: part('response'), hypothesis: part('hypothesis') },
      context,
    ),
  ),
}
