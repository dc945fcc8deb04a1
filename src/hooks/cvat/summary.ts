import type { JobScores } from './job-scores.ts'

const maxListed = 5

/** The scores of a job in a few sentences, for the page on which CVAT shows what its webhook was answered. */
export function summaryOf(scores: JobScores): string {
  const { job, task, ground_truth_job, frames_in_common, frames_scored, pooled, macro, worst } = scores
  const subject = `Job ${job} of task ${task} against the ground-truth job ${ground_truth_job}`
  if (frames_in_common === 0) return `${subject}: they have no frame in common.`
  const frames =
    frames_scored === frames_in_common
      ? `${frames_scored} ${frames_scored === 1 ? 'frame' : 'frames'} in common`
      : `${frames_scored} of ${frames_in_common} frames in common scored`
  const lines = [`${subject}: ${frames}.`]
  if (pooled)
    lines.push(
      `mi_loss ${text(pooled.mi_loss)} over all pixels, ${text(macro.mi_loss)} as mean of the frames;`,
      `mean IoU ${text(pooled.mean_iou)} over all pixels, ${text(macro.mean_iou)} as mean of the frames.`,
    )
  if (worst)
    lines.push(
      `Worst: frame ${worst.frame}${worst.name && ` (${worst.name})`} with mi_loss ${text(worst.mi_loss)}, mean IoU ${text(worst.mean_iou)}.`,
    )
  const weakest = pooled?.classes[0]
  if (weakest) lines.push(`Weakest label: ${weakest.name ?? weakest.label} with IoU ${text(weakest.iou)}.`)
  if (scores.refused.length > 0)
    lines.push(`Could not be scored: frame ${scores.refused.map(({ frame }) => frame).join(', ')}.`)
  for (const { code, message, frames } of scores.warnings)
    lines.push(`Warning ${code} (frame ${listed(frames)}): ${message}`)
  const told = scores.warnings.map(({ code }) => code)
  for (const note of pooled?.notes ?? [])
    if (!told.some((code) => note.startsWith(code))) lines.push(`Warning ${note}`)
  return lines.join(' ')
}

function listed(frames: readonly number[]): string {
  const more = frames.length - maxListed
  return frames.slice(0, maxListed).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

const text = (value: number | null): string => (value === null ? 'undefined' : value.toFixed(4))
