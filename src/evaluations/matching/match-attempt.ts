import { compareKeys } from '../compare-keys.ts'
import { isJpeg, type ListedMask, stemOf } from '../sources/listing.ts'
import type { SideKeys } from './keys-of-side.ts'
import type { AmbiguousKey } from './matching.ts'
import { nameOf } from './rule.ts'

export interface MatchedPair {
  readonly key: string
  readonly group?: string
  readonly groundTruth: ListedMask
  /** Absent: no prediction has this key. */
  readonly prediction?: ListedMask
}

/** What came of one way to tell keys. */
export interface MatchOutcome {
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

/** What has one key on one side: mostly a single mask, without a list, as a million lists would fill memory. */
type Candidates = ListedMask | ListedMask[]

/**
 * Both sides paired by their keys. A JPEG with the key of another file of its side is the photo. Of the ways that are tried all but
 * one are given up: an attempt counts what came of it, and lists it when it is asked.
 */
export class MatchAttempt {
  readonly pairs: number
  /** Ground truths without a prediction. */
  readonly missing: number
  /** Keys that several files of a side have. */
  readonly ambiguous: number
  readonly #keys: SideKeys
  readonly #junk: string[]
  /** Of every key in the lists of both sides. */
  readonly #places = new Map<string, number>()
  readonly #truths: Candidates[] = []
  readonly #predictions: (Candidates | undefined)[]
  readonly #extra: ListedMask[] = []

  /** @param junk kinds of the ground truths that were left out before */
  constructor(
    keys: SideKeys,
    groundTruth: readonly ListedMask[],
    prediction: readonly ListedMask[],
    junk: readonly string[] = [],
  ) {
    this.#keys = keys
    this.#junk = [...junk]
    this.#addTruths(groundTruth)
    this.#predictions = Array<Candidates | undefined>(this.#truths.length).fill(undefined)
    for (const mask of prediction) {
      const key = keys.prediction(mask).find((candidate) => this.#places.has(candidate))
      if (key === undefined) this.#extra.push(mask)
      else addTo(this.#predictions, this.#places.get(key) ?? 0, mask)
    }
    const counts = { pairs: 0, missing: 0, ambiguous: 0 }
    for (const [place, truth] of this.#truths.entries()) {
      const predicted = this.#predictions[place]
      if (countOf(truth) > 1 || countOf(predicted) > 1) counts.ambiguous++
      else if (predicted === undefined) counts.missing++
      else counts.pairs++
    }
    this.pairs = counts.pairs
    this.missing = counts.missing
    this.ambiguous = counts.ambiguous
  }

  #addTruths(groundTruth: readonly ListedMask[]): void {
    const unknown: ListedMask[] = []
    for (const mask of groundTruth) {
      const told = this.#keys.groundTruth(mask)
      if (!told) unknown.push(mask)
      else if ('junk' in told) this.#junk.push(told.junk)
      else this.#addTruth(told.key, mask)
    }
    // What a rule does not know stays an item: nothing leaves a dataset because its name is unusual.
    for (const mask of unknown) {
      const isBeside = this.#places.has(nameOf(stemOf(mask)))
      if (isJpeg(mask) && isBeside) this.#junk.push('photo')
      else if (/\.json$/i.test(mask.path) && isBeside) this.#junk.push('document beside a mask')
      else this.#addTruth(stemOf(mask), mask)
    }
  }

  #addTruth(key: string, mask: ListedMask): void {
    const place = this.#places.get(key) ?? this.#truths.length
    if (place === this.#truths.length) this.#places.set(key, place)
    addTo(this.#truths, place, mask)
  }

  outcome(): MatchOutcome {
    const junk = { groundTruth: [...this.#junk], prediction: [] as string[] }
    const items: MatchedPair[] = []
    const missing: string[] = []
    const ambiguous: AmbiguousKey[] = []
    for (const key of [...this.#places.keys()].sort(compareKeys)) {
      const place = this.#places.get(key) ?? 0
      const ofTruth = withoutPhotos(this.#truths[place], junk.groundTruth)
      const ofPrediction = withoutPhotos(this.#predictions[place], junk.prediction)
      const doubled = [ofTruth, ofPrediction].find(({ length }) => length > 1)
      if (doubled) {
        ambiguous.push({ key, candidates: doubled.map(({ path }) => path) })
        continue
      }
      const [truth] = ofTruth
      const [predicted] = ofPrediction
      const told = this.#keys.groundTruth(truth)
      items.push({
        key,
        ...(told && 'group' in told && { group: told.group }),
        groundTruth: truth,
        ...(predicted && { prediction: predicted }),
      })
      if (!predicted) missing.push(key)
    }
    const extra = this.#extra.map((mask) => {
      const [key = stemOf(mask)] = this.#keys.prediction(mask)
      return { path: mask.path, key }
    })
    return { rule: this.#keys.rule, items, pairs: this.pairs, missing, extra, ambiguous, junk }
  }
}

function addTo(lists: (Candidates | undefined)[], place: number, mask: ListedMask): void {
  const known = lists[place]
  if (Array.isArray(known)) known.push(mask)
  else lists[place] = known === undefined ? mask : [known, mask]
}

/** How many there are besides photos; where all are JPEGs they are no photos. */
function countOf(candidates: Candidates | undefined): number {
  if (!Array.isArray(candidates)) return candidates === undefined ? 0 : 1
  return candidates.filter((mask) => !isJpeg(mask)).length || candidates.length
}

function withoutPhotos(candidates: Candidates | undefined, junk: string[]): readonly ListedMask[] {
  if (!Array.isArray(candidates)) return candidates === undefined ? [] : [candidates]
  const others = candidates.filter((mask) => !isJpeg(mask))
  if (others.length === 0) return candidates
  for (let photo = others.length; photo < candidates.length; photo++) junk.push('photo')
  return others
}
