import type { Matching } from '../../evaluations/matching/matching.ts'
import { visible } from '../../evaluations/reports/escape.ts'

const shownNames = 20

/** What a person reads of a matching: what met nothing, what could not be read, what was passed over, and hints. */
export function matchingRows({ missing, extra, ambiguous, unreadable, junk, hints }: Matching): string[] {
  return [
    ...named('ground truths without a prediction', missing),
    ...named('predictions without a ground truth', extra),
    ...named(
      'keys with several files on one side',
      ambiguous.map(({ key, candidates }) => `${key} (${candidates.join(', ')})`),
    ),
    ...named(
      'what cannot be read',
      unreadable.map(({ side, path, reason }) => `${side} ${path}: ${reason}`),
    ),
    ...junkRow('ground truth', junk.ground_truth),
    ...junkRow('predictions', junk.prediction),
    ...hints.map((hint) => `hint: ${hint}`),
  ].map(visible)
}

function named(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return []
  return [
    `${what} (${names.length}): ${names.slice(0, shownNames).join(', ')}${names.length > shownNames ? ', …' : ''}`,
  ]
}

function junkRow(side: string, junk: Readonly<Record<string, number>>): string[] {
  const kinds = Object.entries(junk).map(([kind, files]) => `${kind} ${files}`)
  return kinds.length === 0 ? [] : [`passed over among the ${side}: ${kinds.join(', ')}`]
}
