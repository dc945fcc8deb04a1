import { Refusal } from '../../problems/refusal.ts'
import type { Matching } from './matching.ts'

/** Most keys or candidates that a refusal names. */
const maxNamed = 5

/**
 * Nothing is scored where keys are not certain, nothing belongs together, or a folder cannot be listed: nobody knows what it
 * holds, and a smaller dataset could score better.
 * @throws Refusal AMBIGUOUS_MATCH, NOTHING_MATCHED, UNREADABLE_FILE
 */
export function refuseUnusable(matching: Matching): void {
  const { rule, pairs, missing, extra, ambiguous, unreadable, junk, hints } = matching
  const closed = unreadable.find(({ path }) => path.endsWith('/'))
  if (closed) throw new Refusal('UNREADABLE_FILE', `${closed.path} of the ${closed.side}: ${closed.reason}`)
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
  if (missing.length === 0) throw holdsNothing('ground truth holds', junk.ground_truth, hints)
  if (extra.length === 0 && rule !== 'manifest')
    throw holdsNothing('predictions hold', junk.prediction, hints)
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

function holdsNothing(
  side: string,
  junk: Readonly<Record<string, number>>,
  hints: readonly string[],
): Refusal {
  const kinds = Object.entries(junk).map(([kind, files]) => `${kind} ${files}`)
  const passedOver = kinds.length === 0 ? '' : ` What is there was passed over: ${kinds.join(', ')}.`
  return new Refusal(
    'NOTHING_MATCHED',
    [`The ${side} no mask.${passedOver}`, ...hints.slice(0, 3)].join(' '),
  ).advising(
    'Name the folder or archive that holds the masks; a document or table of many images is named itself.',
  )
}

const shown = (names: readonly string[], most: number): string =>
  names.length === 0 ? 'none' : `${names.slice(0, most).join(', ')}${names.length > most ? ', …' : ''}`
