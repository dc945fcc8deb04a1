import type { RequestBody, StageTimes, TaskFacts } from './task.ts'

/** An answer before it is serialised: JSON unless `contentType` says otherwise. */
export interface Result {
  readonly value: unknown
  readonly contentType?: string
  /** Whether it is worth compressing for a caller who takes gzip. */
  readonly isCompressible?: true
  /** Further headers of the answer, lower case. */
  readonly headers?: Readonly<Record<string, string>>
  readonly times: StageTimes
  readonly facts: TaskFacts
}

/** Does the work of one call in a worker. `Context` is what it needs to know of the service's settings. */
export type Performer<Context> = (
  body: RequestBody,
  context: Context,
  accept: string | undefined,
) => Promise<Result>

/** Does the work of a call that is given plain data of this process. */
export type DataPerformer<Context> = (value: unknown, context: Context) => Promise<Result>
