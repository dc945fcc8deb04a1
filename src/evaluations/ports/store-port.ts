import type { Datasets } from './dataset-ports.ts'
import type { Idempotency, Runs, Uploads } from './ports.ts'

/**
 * What keeps runs and works on them: a database and a folder of files behind these interfaces. Resources belong to an owner;
 * whatever is another's is as if it did not exist.
 */
export interface Evaluations {
  readonly runs: Runs
  readonly datasets: Datasets
  readonly uploads: Uploads
  readonly idempotency: Idempotency
  /** Numbers for telemetry. */
  load(): Promise<EvaluationLoad>
  /** Stops after the items in work; what is not finished is taken up by the next start or another worker. */
  close(): Promise<void>
}

interface EvaluationLoad {
  readonly active: number
  readonly shards: { readonly waiting: number; readonly working: number; readonly lost: number }
  /** Mean seconds of the last shards of this process; 0 before the first. */
  readonly shardSeconds: number
}
