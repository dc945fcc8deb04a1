import { nameOf } from './rule.ts'

/**
 * Patterns that pair two sides whose names differ only in what all of a side begin or end with, as `gt_1` and `image_1` do. That
 * they belong together is for a person to say.
 */
export function namingHint(truths: readonly string[], predictions: readonly string[]): string[] {
  const [ofTruth, ofPrediction] = [truths, predictions].map(framesOf)
  if (!ofTruth || !ofPrediction) return []
  const known = new Set(ofPrediction.middles)
  const pairs = ofTruth.middles.filter((middle) => known.has(middle)).length
  if (pairs * 2 < Math.min(ofTruth.middles.length, ofPrediction.middles.length)) return []
  const pattern = ({ start, end }: Frame) => `'**/${start}{key}${end}'`
  return [
    `${pairs} names are the same but for what all of a side begin or end with: if they belong together, say so with --match-gt ${pattern(ofTruth)} --match-pred ${pattern(ofPrediction)}.`,
  ]
}

interface Frame {
  readonly start: string
  readonly end: string
  readonly middles: readonly string[]
}

/** What all names begin and end with, without the digits that may belong to their numbers. */
function framesOf(stems: readonly string[]): Frame | undefined {
  const names = [...new Set(stems.map(nameOf))]
  if (names.length < 2) return undefined
  const [first, ...others] = names
  let [from, to] = [first.length, first.length]
  for (const name of others) {
    let same = 0
    while (same < from && name[same] === first[same]) same++
    from = same
    let behind = 0
    while (behind < to && name.at(-1 - behind) === first.at(-1 - behind)) behind++
    to = behind
  }
  const start = first.slice(0, from).replace(/\d+$/, '')
  const end = first.slice(first.length - to).replace(/^\d+/, '')
  if (/[*{}]/.test(start + end)) return undefined
  const middles = names.map((name) => name.slice(start.length, name.length - end.length))
  return middles.includes('') ? undefined : { start, end, middles }
}
