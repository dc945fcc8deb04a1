import { compareKeys } from '../compare-keys.ts'
import type { ListedMask } from '../sources/listing.ts'
import type { SideKeys } from './keys-of-side.ts'
import type { AmbiguousKey } from './matching.ts'
import { nameOf } from './rule.ts'
import type { SelectedMask } from './select.ts'

export interface MatchedPair {
  readonly key: string
  readonly group?: string
  readonly groundTruth: ListedMask
  /** Absent: no prediction has this key. */
  readonly prediction?: ListedMask
}

/** What came of one way to tell keys. */
export interface MatchAttempt {
  readonly rule: SideKeys['rule']
  /** Of every ground truth with a key of its own, sorted by key. */
  readonly items: readonly MatchedPair[]
  readonly pairs: number
  readonly missing: readonly string[]
  /** Predictions without a ground truth, and the key that each would have. */
  readonly extra: readonly { readonly path: string; readonly key: string }[]
  readonly ambiguous: readonly AmbiguousKey[]
  readonly junk: { readonly groundTruth: readonly string[]; readonly prediction: readonly string[] }
}

interface Keyed {
  readonly mask: ListedMask
  readonly group?: string
}

/** Pairs both sides by their keys. A JPEG with the key of another file of its side is the photo. */
export function attemptMatch(
  keys: SideKeys,
  groundTruth: readonly SelectedMask[],
  prediction: readonly SelectedMask[],
): MatchAttempt {
  const junk = { groundTruth: [] as string[], prediction: [] as string[] }
  const truths = new Map<string, Keyed[]>()
  const unknown: ListedMask[] = []
  for (const selected of groundTruth) {
    const told = keys.groundTruth(selected)
    if (!told) unknown.push(selected.mask)
    else if ('junk' in told) junk.groundTruth.push(told.junk)
    else push(truths, told.key, { ...told, mask: selected.mask })
  }
  // What a rule does not know stays an item: nothing leaves a dataset because its name is unusual.
  for (const mask of unknown) {
    const isBeside = truths.has(nameOf(mask.stem))
    if (mask.isJpeg && isBeside) junk.groundTruth.push('photo')
    else if (/\.json$/i.test(mask.path) && isBeside) junk.groundTruth.push('document beside a mask')
    else push(truths, mask.stem, { mask })
  }
  const predictions = new Map<string, Keyed[]>()
  const extra: { path: string; key: string }[] = []
  for (const selected of prediction) {
    const candidates = keys.prediction(selected)
    const key = candidates.find((candidate) => truths.has(candidate))
    if (key === undefined) extra.push({ path: selected.mask.path, key: candidates[0] ?? selected.mask.stem })
    else push(predictions, key, { mask: selected.mask })
  }
  const items: MatchedPair[] = []
  const ambiguous: AmbiguousKey[] = []
  for (const key of [...truths.keys()].sort(compareKeys)) {
    const ofTruth = withoutPhotos(truths.get(key) ?? [], junk.groundTruth)
    const ofPrediction = withoutPhotos(predictions.get(key) ?? [], junk.prediction)
    const doubled = [ofTruth, ofPrediction].find(({ length }) => length > 1)
    if (doubled) ambiguous.push({ key, candidates: doubled.map(({ mask }) => mask.path) })
    else {
      const [{ mask, group }] = ofTruth
      const [predicted] = ofPrediction
      items.push({
        key,
        ...(group !== undefined && { group }),
        groundTruth: mask,
        ...(predicted && { prediction: predicted.mask }),
      })
    }
  }
  const missing = items.filter((item) => item.prediction === undefined).map(({ key }) => key)
  const { rule } = keys
  return { rule, items, pairs: items.length - missing.length, missing, extra, ambiguous, junk }
}

function push(map: Map<string, Keyed[]>, key: string, value: Keyed): void {
  const known = map.get(key)
  if (known) known.push(value)
  else map.set(key, [value])
}

function withoutPhotos(candidates: readonly Keyed[], junk: string[]): readonly Keyed[] {
  if (candidates.length < 2) return candidates
  const others = candidates.filter(({ mask }) => !mask.isJpeg)
  if (others.length === 0) return candidates
  for (let photo = others.length; photo < candidates.length; photo++) junk.push('photo')
  return others
}
