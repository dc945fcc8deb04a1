import { families } from '../../metrics/families.ts'
import { type UndefinedScore, undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import { refuseField } from '../../problems/refusal.ts'
import type { CountedLabels } from '../pair/count-labels.ts'
import type { ClassNames } from '../request/class-list.ts'
import type { ScoreOptions } from '../request/options.ts'

/** Each label costs a pass over the masks: of more than this the caller names those to score. */
const maxUnnamedLabels = 64

/** Whether `families` was "all": what cannot be scored is then left out. */
export const areAllAsked = ({ families: asked }: Pick<ScoreOptions, 'families'>): boolean =>
  asked.length === families.length

/**
 * The labels of which a family that looks at single labels has scores: those that its options name, else the listed classes
 * without background, else all labels but 0. Undefined `too_large` where all families are asked for and there are too many.
 * @throws Refusal INVALID_OPTIONS for too many
 */
export function scoredLabels(
  family: 'boundary' | 'lesions',
  { classes: { rowLabels, columnLabels }, voidLabels }: CountedLabels,
  options: ScoreOptions,
  names: ClassNames,
): readonly number[] | UndefinedScore {
  const { labels } = options[family]
  if (labels) return labels
  if (names.listed)
    return names.listed
      .map(({ label }) => label)
      .filter((label) => label !== options.background && !voidLabels.has(label))
  const present = [...new Set([...rowLabels, ...columnLabels])].filter(
    (label) => label !== 0 && !voidLabels.has(label),
  )
  if (present.length > maxUnnamedLabels) {
    if (areAllAsked(options)) return undefinedBecause('too_large')
    throw refuseField(
      'INVALID_OPTIONS',
      `/options/${family}/labels`,
      `The masks hold ${present.length} non-zero labels: name those to score. Without names at most ${maxUnnamedLabels} are scored.`,
    )
  }
  return present.sort((a, b) => a - b)
}
