import { type JobQuestion, scoreJob } from '../hooks/cvat/score-job.ts'
import { eventFacts } from '../hooks/label-studio/event.ts'
import { predict } from '../hooks/label-studio/predict.ts'
import { scoreEvent } from '../hooks/label-studio/score-event.ts'
import type { ScoringContext } from '../scoring/context.ts'
import { StageClock } from '../scoring/stage-clock.ts'
import type { HookCall, RequestBody } from '../tasks/task.ts'
import type { Performer } from './performer.ts'

/** What a labeling tool's event or answer came as: parts by name, `question` being our own JSON. */
function partsOf(body: RequestBody) {
  const parts = body.type === 'parts' ? body.parts : [{ name: 'body', bytes: body.bytes }]
  const all = (name: string) => parts.filter((part) => part.name === name).map(({ bytes }) => bytes)
  const one = (name: string): Uint8Array => all(name)[0] ?? new Uint8Array()
  const question = <T>() => JSON.parse(new TextDecoder().decode(one('question'))) as T
  return { all, one, question }
}

const performer =
  (work: (parts: ReturnType<typeof partsOf>, context: ScoringContext) => unknown): Performer =>
  async (body, context) => ({
    value: await work(partsOf(body), context),
    times: new StageClock().times,
    facts: {},
  })

/** What the hooks ask of a worker: a tool's payloads are large, and nothing large is parsed on the event loop. */
export const hookPerformers: Record<HookCall, Performer> = {
  label_studio_facts: performer(({ one }, { limits }) => eventFacts(one('event'), limits.maxJsonDepth)),
  label_studio_scores: performer(({ one, all, question }, context) =>
    scoreEvent(one('event'), all('task'), question<number[]>(), context),
  ),
  label_studio_predict: performer(({ one }, context) => predict(one('body'), context)),
  cvat_scores: performer(({ one, all, question }, context) =>
    scoreJob(
      question<JobQuestion>(),
      {
        annotations: one('annotations'),
        meta: one('meta'),
        referenceAnnotations: one('reference_annotations'),
        referenceMeta: one('reference_meta'),
        layout: all('layout')[0],
      },
      context,
    ),
  ),
}
