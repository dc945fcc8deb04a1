import { type ListedMask, stemOf } from '../sources/listing.ts'
import { cityscapesHint } from './cityscapes.ts'
import type { MatchOutcome } from './match-attempt.ts'
import { namingHint } from './naming-hint.ts'

/** Most hints of one kind. */
const maxHints = 20

interface Sides {
  readonly truths: readonly ListedMask[]
  readonly predictions: readonly ListedMask[]
  readonly preset: string | undefined
}

/**
 * What a person may have overlooked: names that differ in case only, or in what all of a side have in common; files that only
 * another option takes; and items that look dependent.
 * @param isGrouped the groups are said already
 */
export function hintsOf(attempt: MatchOutcome, isGrouped: boolean, sides: Sides): string[] {
  return [
    ...caseHints(attempt),
    ...(attempt.pairs === 0 ? hintsOfNothing(sides) : []),
    ...(isGrouped ? [] : groupHint(attempt)),
  ]
}

function hintsOfNothing({ truths, predictions, preset }: Sides): string[] {
  const [ofTruths, ofPredictions] = [truths, predictions].map((side) => side.map(stemOf))
  return [
    ...cityscapesHint(ofTruths, preset),
    ...namingHint(ofTruths, ofPredictions),
    ...documentHint('ground truth', truths),
    ...documentHint('predictions', predictions),
  ]
}

/** Of several documents of many images in a folder it is not certain which is meant. */
function documentHint(side: string, masks: readonly ListedMask[]): string[] {
  const documents = masks.map(({ path }) => path).filter((path) => /\.(json|xml)$/i.test(path))
  if (documents.length < 2) return []
  return [
    `The ${side} has ${documents.length} documents, such as ${documents[0]}: where each holds many images, name one of them instead of the folder.`,
  ]
}

function caseHints({ missing, extra }: MatchOutcome): string[] {
  const folded = new Map(extra.map(({ path, key }) => [key.toLowerCase(), path]))
  const hints = missing.flatMap((key) => {
    const path = folded.get(key.toLowerCase())
    return path === undefined ? [] : [`${key} and ${path} differ in upper and lower case only.`]
  })
  const more = hints.length - maxHints
  return more > 0 ? [...hints.slice(0, maxHints), `${more} more differ in upper and lower case only.`] : hints
}

/** Groups are never guessed. Names that begin alike are often of one patient or video, which intervals must know. */
function groupHint({ items }: MatchOutcome): string[] {
  if (items.length < 4 || items.some(({ group }) => group !== undefined)) return []
  const counts = new Map<string, number>()
  for (const { key } of items) {
    const prefix = prefixOf(key)
    if (prefix === undefined) return []
    counts.set(prefix, (counts.get(prefix) ?? 0) + 1)
  }
  if (counts.size < 2 || counts.size > items.length / 2) return []
  const [[prefix, count]] = counts
  const separator = prefix.slice(-1)
  const how =
    separator === '/'
      ? '--group-by folder'
      : `--match-gt '${prefix.includes('/') ? '**/' : ''}{group}${separator}*'`
  return [
    `${items.length} keys have only ${counts.size} beginnings, such as "${prefix}" (${count}). If these are one patient, video or slide, their items depend on each other: say so with ${how}.`,
  ]
}

/** Up to the folder, else up to the first separator of the name. */
function prefixOf(key: string): string | undefined {
  const folder = key.lastIndexOf('/')
  if (folder >= 0) return key.slice(0, folder + 1)
  const end = key.search(/[_-]/)
  return end > 0 ? key.slice(0, end + 1) : undefined
}
