import type { ScoringContext } from '../scoring/context.ts'
import type { RequestBody, StageTimes, TaskFacts } from '../tasks/task.ts'

/** An answer before it is serialised: JSON unless `contentType` says otherwise. */
interface Result {
  readonly value: unknown
  readonly contentType?: string
  readonly times: StageTimes
  readonly facts: TaskFacts
}

export type Performer = (
  body: RequestBody,
  context: ScoringContext,
  accept: string | undefined,
) => Promise<Result>
