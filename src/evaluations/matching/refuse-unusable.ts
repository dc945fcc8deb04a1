import { Refusal } from '../../problems/refusal.ts'
import type { Matching } from './matching.ts'

/** Most keys or candidates that a refusal names. */
const maxNamed = 5

/**
 * Nothing is scored where keys are not certain, or nothing belongs together.
 * @throws Refusal AMBIGUOUS_MATCH, NOTHING_MATCHED
 */
export function refuseUnusable({ rule, pairs, missing, extra, ambiguous, hints }: Matching): void {
  if (ambiguous.length > 0) {
    const named = ambiguous
      .slice(0, maxNamed)
      .map(({ key, candidates }) => `${key}: ${shown(candidates, maxNamed)}`)
    throw new Refusal(
      'AMBIGUOUS_MATCH',
      `By rule "${rule}" ${ambiguous.length} keys have several files on one side: ${named.join('; ')}.`,
    )
  }
  if (pairs > 0) return
  const found = [
    `ground truth ${missing.length} (${shown(missing, 3)})`,
    `predictions ${extra.length} (${shown(extra, 3)})`,
  ]
  throw new Refusal(
    'NOTHING_MATCHED',
    [
      `No ground truth has a prediction by any rule that was tried: ${found.join(', ')}.`,
      ...hints.slice(0, 3),
    ].join(' '),
  )
}

const shown = (names: readonly string[], most: number): string =>
  names.length === 0 ? 'none' : `${names.slice(0, most).join(', ')}${names.length > most ? ', …' : ''}`
