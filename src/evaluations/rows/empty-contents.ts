import type { Reason } from '../../metrics/numbers/undefined-score.ts'
import { directionOf, scoreFacts } from '../score-facts.ts'
import { nothingDetected } from './detection-row.ts'
import type { ClassRow, ItemContents } from './item-row.ts'
import { lesionScoreWithout } from './lesion-scores.ts'

/**
 * What an item holds when nothing can stand for its prediction: on every counted pixel a label outside of every class, and
 * no object. All of the ground truth is missed, nothing is found wrongly.
 *
 * Every score takes its worst value, so that a missing file never pays: losses are 1 and similarities 0, even where the
 * formula would call a constant ground truth perfect. The variation of information is H of the ground truth; where that is 0
 * it is undefined (`empty_prediction`), and the item weighs nothing in the pooled `mi_loss`. Distances are the image's diagonal.
 * @param perfect the same ground truth scored against itself
 * @param diagonal what distances count as, in their unit; null where no boundary is scored
 */
export function emptyContents(perfect: ItemContents, diagonal: number | null = null): ItemContents {
  const { scores, classes, other_labels, panoptic, thresholds, detection, joint } = perfect
  const entropy = scores.h_joint ?? 0
  const worst = (name: string) => {
    const ofLesions = lesionScoreWithout(name, scores)
    return ofLesions === undefined ? worstValue(name, entropy, diagonal) : ofLesions
  }
  const values = Object.keys(scores).map((name) => [name, worst(name)] as const)
  const noPixels = perfect.pixels.counted === 0
  const reason: Reason = noPixels ? 'no_pixels' : 'empty_prediction'
  const { detection_without: without, ...known } = perfect
  return {
    ...known,
    // That a ground truth has no confidences is no wonder.
    ...(without && without !== 'no_confidences' && { detection_without: without }),
    scores: Object.fromEntries(values.map(([name, value]) => [name, noPixels ? null : value])),
    reasons: Object.fromEntries(
      values.filter(([, value]) => noPixels || value === null).map(([name]) => [name, reason]),
    ),
    classes: classes.map(missed),
    ...(other_labels && { other_labels: other_labels.map(missed) }),
    ...(panoptic && { panoptic: panoptic.map(([category, , tp, , fn]) => [category, 0, 0, 0, tp + fn]) }),
    ...(thresholds && {
      thresholds: thresholds.map(([iou, tp, , fn]) => [
        iou,
        0,
        0,
        tp === null || fn === null ? null : tp + fn,
      ]),
    }),
    ...(detection && { detection: nothingDetected(detection) }),
    ...(joint && { joint: joint.map(([label, , pixels]) => [label, null, pixels]) }),
  }
}

const missed = ([label, tp, , fn]: ClassRow): ClassRow => [label, 0, 0, tp + fn]

/** Null where a score has no worst value. */
function worstValue(name: string, entropy: number, diagonal: number | null): number | null {
  switch (name) {
    case 'h_ground_truth':
    case 'h_joint':
      return entropy
    case 'h_prediction':
    case 'vi_split':
    case 'mi_loss_split':
    case 'soft_mi_loss_split':
      return 0
    case 'vi':
    case 'soft_vi':
    case 'vi_merge':
      return entropy > 0 ? entropy : null
    case 'cremi_score':
      return entropy > 0 ? Math.sqrt(entropy) : null
    case 'mi_loss_merge':
      return 1
  }
  const direction = directionOf(name)
  if (direction === 1) return 0
  if (direction === 0) return null
  const facts = scoreFacts(name)
  return facts?.family === 'boundary' ? diagonal : (facts?.range[1] ?? null)
}
