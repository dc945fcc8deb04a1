import type { ScoringContext } from '../../scoring/context.ts'
import type { DataPerformer, Result } from '../../tasks/performer.ts'
import { type ApTask, apReplicates } from '../bootstrap/ap-replicates.ts'
import { type ReplicateTask, replicateValues } from '../bootstrap/replicates.ts'
import { differenceValues } from '../comparison/difference.ts'
import { countExtremes } from '../comparison/exchange-test.ts'
import type { PairedTask } from '../comparison/paired-values.ts'
import { drawObject, type ObjectPictureRequest } from './draw-object.ts'
import { drawPicture, type PictureRequest } from './draw-picture.ts'
import type { RangeRequest } from './in-ranges.ts'
import { type Chunk, scoreChunk } from './score-chunk.ts'

/** Lists of one length, one behind the other. */
function numbersOf(lists: readonly Float64Array[]): Result {
  const length = lists[0]?.length ?? 0
  const all = new Float64Array(lists.length * length)
  lists.forEach((list, k) => {
    all.set(list, k * length)
  })
  const value = new Uint8Array(all.buffer)
  return { value, contentType: 'application/octet-stream', times: {}, facts: {} }
}

/** The calls of a run over a dataset that a worker performs. They come from this process alone. */
export const evaluationPerformers = {
  /** A `Chunk` → its rows, one a line. */
  async evaluate(value, context) {
    const { lines, facts } = await scoreChunk(value as Chunk, context)
    return { value: lines, contentType: 'application/x-ndjson', times: {}, facts: { ...facts } }
  },
  /** A range of a `ReplicateTask` → the values of each statistic, one statistic behind the other. */
  async replicates(value) {
    const { task, range } = value as RangeRequest<ReplicateTask>
    return numbersOf(replicateValues(task, range))
  },
  /** A range of an `ApTask` → AP, then AP50. */
  async ap_replicates(value) {
    const { task, range } = value as RangeRequest<ApTask>
    return numbersOf(apReplicates(task, range))
  },
  /** A range of a `PairedTask` → the differences of each statistic, one statistic behind the other. */
  async differences(value) {
    const { task, range } = value as RangeRequest<PairedTask>
    return numbersOf(differenceValues(task, range))
  },
  /** A range of exchanges of a `PairedTask` → for each statistic how many are extreme. */
  async extremes(value) {
    const { task, range } = value as RangeRequest<PairedTask>
    return numbersOf([countExtremes(task, range)])
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
