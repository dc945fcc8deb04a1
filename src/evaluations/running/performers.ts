import type { ScoringContext } from '../../scoring/context.ts'
import type { DataPerformer } from '../../tasks/performer.ts'
import { type ApTask, apReplicates } from '../bootstrap/ap-replicates.ts'
import { type ReplicateTask, replicateValues } from '../bootstrap/replicates.ts'
import type { ReplicateRange } from '../bootstrap/weighted-sums.ts'
import { drawObject, type ObjectPictureRequest } from './draw-object.ts'
import { drawPicture, type PictureRequest } from './draw-picture.ts'
import { type Chunk, scoreChunk } from './score-chunk.ts'

/** What `replicates` is given. */
export interface ReplicateRequest {
  readonly task: ReplicateTask
  readonly range: ReplicateRange
}

/** What `ap_replicates` is given. */
export interface ApReplicateRequest {
  readonly task: ApTask
  readonly range: ReplicateRange
}

/** The calls of a run over a dataset that a worker performs. They come from this process alone. */
export const evaluationPerformers = {
  /** A `Chunk` → its rows, one a line. */
  async evaluate(value, context) {
    const { lines, facts } = await scoreChunk(value as Chunk, context)
    return { value: lines, contentType: 'application/x-ndjson', times: {}, facts: { ...facts } }
  },
  /** A `ReplicateRequest` → the values of each statistic in the range, one statistic behind the other. */
  async replicates(value) {
    const { task, range } = value as ReplicateRequest
    return oneBehindTheOther(replicateValues(task, range))
  },
  /** An `ApReplicateRequest` → AP in the range, then AP50. */
  async ap_replicates(value) {
    const { task, range } = value as ApReplicateRequest
    return oneBehindTheOther(apReplicates(task, range))
  },
  /** A `PictureRequest` → a PNG. */
  async picture(value, context) {
    const { png, width, height } = await drawPicture(value as PictureRequest, context)
    return { value: png, contentType: 'image/png', times: {}, facts: { width, height } }
  },
  /** An `ObjectPictureRequest` → a PNG. */
  async object_picture(value, context) {
    const { png, width, height } = await drawObject(value as ObjectPictureRequest, context)
    return { value: png, contentType: 'image/png', times: {}, facts: { width, height } }
  },
} satisfies Record<string, DataPerformer<ScoringContext>>

function oneBehindTheOther(lists: readonly Float64Array[]) {
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const list of lists) {
    all.set(list, at)
    at += list.length
  }
  const value = new Uint8Array(all.buffer)
  return { value, contentType: 'application/octet-stream', times: {}, facts: {} }
}
