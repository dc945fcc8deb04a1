import { ExactSum } from '../../metrics/numbers/exact-sum.ts'
import type { FrameScores, JobScores } from './job-scores.ts'

/** The mean of the frames, each counting the same. A score that is undefined on a frame is left out of its mean. */
export function macroMean(rows: readonly FrameScores[]): JobScores['macro'] {
  return {
    mi_loss: mean(rows.map(({ mi_loss }) => mi_loss)),
    mean_iou: mean(rows.map(({ mean_iou }) => mean_iou)),
    frames: rows.length,
  }
}

function mean(values: readonly (number | null)[]): number | null {
  const numbers = values.filter((value) => value !== null)
  if (numbers.length === 0) return null
  const sum = new ExactSum()
  for (const value of numbers) sum.add(value)
  return sum.value / numbers.length
}

/** By loss; frames of one loss, such as those that differ by names alone, by their mean IoU. */
export const worseFirst = (a: FrameScores, b: FrameScores): number =>
  (b.mi_loss ?? -1) - (a.mi_loss ?? -1) || (a.mean_iou ?? 1) - (b.mean_iou ?? 1) || a.frame - b.frame
