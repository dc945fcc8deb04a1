import { type Reason, reasons } from '../../metrics/numbers/undefined-score.ts'

/** Of two reasons the first of the list, so that the order of images does not show. */
export function firstReason(known: Reason | undefined, reason: Reason): Reason {
  return known !== undefined && reasons.indexOf(known) <= reasons.indexOf(reason) ? known : reason
}
