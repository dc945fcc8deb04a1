import { directionOf } from '../score-facts.ts'
import type { Summary } from '../summary/summary.ts'

/**
 * Why a check cannot trust a number of a summary in which predictions are missing or broken, although they count as empty: a
 * failure must never lift a score. In some numbers an empty prediction weighs nothing where the ground truth has a single
 * label, and a bad one would have; others get better by what finds nothing.
 * @param pointer of the number in the summary
 * @return undefined where nothing is missing, or it counts as the worst there is
 */
export function liftedBy(
  pointer: string,
  { warnings, macro }: Pick<Summary, 'warnings' | 'macro'>,
): string | undefined {
  const itemsOf = (code: string) => warnings.find((warning) => warning.code === code)?.items ?? 0
  const without = itemsOf('MISSING_SCORED_AS_EMPTY') + itemsOf('BROKEN_SCORED_AS_EMPTY')
  if (without > 0 && isLiftedByNothing(pointer))
    return `${said(without)} without a prediction, which this number would not tell from a good one.`
  const weightless = pointer.startsWith('/macro/')
    ? undefinedIn(pointer, macro)
    : isLoss.test(pointer)
      ? itemsOf('EMPTY_WITHOUT_ENTROPY')
      : 0
  if (weightless === 0) return undefined
  return `${said(weightless)} without a prediction and weighs nothing in this number, since the ground truth has a single label there.`
}

const said = (items: number): string => (items === 1 ? 'One item is' : `Each of ${items} items is`)

const isLoss = /\/mi_loss(_merge)?(\/|$)/

/**
 * What finds nothing splits nothing, finds nothing wrongly, and is right wherever a class is not. In the summed table of labels
 * it is a label of its own, which says something of the ground truth. And the weights of the generalised Dice fall with every
 * pixel that is missed.
 */
const isLiftedByNothing = (pointer: string): boolean =>
  pointer.startsWith('/pooled/information/') || lifted.test(pointer)

const lifted =
  /(_split|\/(generalised_dice|specificity|npv|fpr|balanced_accuracy|youden_j|volumetric_similarity|lesions_false[^/]*))(\/|$)/

function undefinedIn(pointer: string, macro: Summary['macro']): number {
  const score = pointer.split('/')[2]
  const count = Object.hasOwn(macro, score) ? (macro[score].undefined.empty_prediction ?? 0) : 0
  return directionOf(score) === 0 ? 0 : count
}
