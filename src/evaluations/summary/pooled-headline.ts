import { numberAt } from '../../scoring/report/checks.ts'
import { isAssumed } from '../checks/check-names.ts'
import { pooledPointer } from './headline.ts'
import { type HeadlineScores, headlineScores, type Summary } from './summary.ts'

/** The pooled headline scores that a summary has; null also where labels are merely assumed to be classes. */
export function pooledHeadline(summary: Summary): HeadlineScores {
  return Object.fromEntries(
    headlineScores.flatMap((score) => {
      const pointer = pooledPointer[score]
      const value = numberAt(summary, pointer)
      return value === undefined ? [] : [[score, isAssumed(pointer, summary) ? null : value]]
    }),
  )
}
