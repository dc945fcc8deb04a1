import { payloadPerformer } from '../payload-performer.ts'
import { eventFacts } from './event.ts'
import { predict } from './predict.ts'
import { scoreEvent } from './score-event.ts'

export const labelStudioPerformers = {
  label_studio_facts: payloadPerformer(({ part }, { limits }) =>
    eventFacts(part('event'), limits.maxJsonDepth),
  ),
  label_studio_scores: payloadPerformer(({ part, parts, question }, context) =>
    scoreEvent(part('event'), parts('task'), question<number[]>(), context),
  ),
  label_studio_predict: payloadPerformer(({ part }, context) => predict(part('body'), context)),
}
