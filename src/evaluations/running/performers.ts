import type { ScoringContext } from '../../scoring/context.ts'
import type { DataPerformer } from '../../tasks/performer.ts'
import { type ReplicateTask, replicateValues } from '../bootstrap/replicates.ts'
import type { ReplicateRange } from '../bootstrap/weighted-sums.ts'
import { drawPicture, type PictureRequest } from './draw-picture.ts'
import { type Chunk, scoreChunk } from './score-chunk.ts'

/** What `replicates` is given. */
export interface ReplicateRequest {
  readonly task: ReplicateTask
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
    const lists = replicateValues(task, range)
    const all = new Float64Array(lists.length * range.count)
    lists.forEach((list, k) => {
      all.set(list, k * range.count)
    })
    return {
      value: new Uint8Array(all.buffer),
      contentType: 'application/octet-stream',
      times: {},
      facts: {},
    }
  },
  /** A `PictureRequest` → a PNG. */
  async picture(value, context) {
    const { png, width, height } = await drawPicture(value as PictureRequest, context)
    return { value: png, contentType: 'image/png', times: {}, facts: { width, height } }
  },
} satisfies Record<string, DataPerformer<ScoringContext>>
