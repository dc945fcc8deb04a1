import { refuseField } from '../../problems/refusal.ts'
import type { ListedMask, Listing } from '../sources/listing.ts'
import { hintsOf } from './hints.ts'
import { keysByPattern, keysByRule } from './keys-of-side.ts'
import { masksAmongPhotos } from './masks-among-photos.ts'
import { MatchAttempt, type MatchedPair } from './match-attempt.ts'
import type { Matching } from './matching.ts'
import { type RuleName, ruleNames } from './rules.ts'
import { type Selection, type SidePatterns, select } from './select.ts'

export interface MatchOptions {
  readonly rule?: RuleName | 'auto' | undefined
  readonly patterns?: SidePatterns | undefined
  /** Of the ground truth: says which files of Cityscapes are scored. */
  readonly preset?: string | undefined
  /** Ground truths of one folder depend on each other. */
  readonly groupBy?: 'folder' | undefined
}

interface MatchedSides {
  /** Of every ground truth with a key of its own, sorted by key. */
  readonly items: readonly MatchedPair[]
  readonly matching: Matching
}

/**
 * Pairs the masks of two sides by the rule that is named, or by the first one that pairs every ground truth exactly once,
 * else by the one with most pairs. Extensions do not count, upper and lower case do. Patterns with `{key}` are the rule.
 * Keys with several files are listed and are no items.
 * @throws Refusal INVALID_OPTIONS where one folder is both sides and a file is of both
 */
export function matchSides(
  groundTruth: Listing,
  prediction: Listing,
  { rule = 'auto', patterns = {}, preset, groupBy }: MatchOptions = {},
): MatchedSides {
  const ofTruth = select(groundTruth.masks, patterns.groundTruth)
  const ofPrediction = select(prediction.masks, patterns.prediction)
  const { masks: truths, files: ofTruths } = ofTruth
  const { masks: predictions, files: ofPredictions } = ofPrediction
  const isOneFolder = groundTruth === prediction
  if (isOneFolder) refuseShared(truths, predictions)
  const byPattern = patterns.groundTruth?.hasKey || patterns.prediction?.hasKey
  const names = rule === 'auto' ? ruleNames : [rule]
  const sides = { truths, predictions, preset }
  const best = byPattern
    ? new MatchAttempt(keysByPattern(patterns, ofTruth, ofPrediction), truths, predictions)
    : firstOrMost(attempts(names, sides, ofTruth, patterns.groundTruth === undefined))
  const outcome = best.outcome()
  const { pairs, missing, ambiguous, items } = outcome
  const shared = isOneFolder ? ofTruths + ofPredictions : undefined
  return {
    items,
    matching: {
      rule: outcome.rule,
      pairs,
      missing,
      extra: outcome.extra.map(({ path }) => path),
      ambiguous,
      unreadable: [
        ...unreadable('ground_truth', groundTruth),
        ...(isOneFolder ? [] : unreadable('prediction', prediction)),
      ],
      junk: {
        ground_truth: junkOf(groundTruth, shared ?? ofTruths, outcome.junk.groundTruth),
        prediction: isOneFolder
          ? countKinds({}, outcome.junk.prediction)
          : junkOf(prediction, ofPredictions, outcome.junk.prediction),
      },
      hints: hintsOf(outcome, groupBy !== undefined, sides),
    },
  }
}

interface Sides {
  readonly truths: readonly ListedMask[]
  readonly predictions: readonly ListedMask[]
  readonly preset: string | undefined
}

/** Every rule on all ground truths, then on those of a whole dataset without its photos. */
function* attempts(
  names: readonly RuleName[],
  { truths, predictions, preset }: Sides,
  { found }: Pick<Selection, 'found'>,
  mayHoldPhotos: boolean,
): Generator<MatchAttempt> {
  for (const name of names)
    yield new MatchAttempt(keysByRule(name, preset, { masks: truths, found }), truths, predictions)
  const masks = mayHoldPhotos ? masksAmongPhotos(truths) : undefined
  if (!masks) return
  for (const name of names) {
    const keys = keysByRule(name, preset, { masks: masks.masks, found })
    yield new MatchAttempt(keys, masks.masks, predictions, masks.junk)
  }
}

function firstOrMost(all: Iterable<MatchAttempt>): MatchAttempt {
  let most: MatchAttempt | undefined
  for (const tried of all) {
    if (tried.pairs > 0 && tried.missing + tried.ambiguous === 0) return tried
    if (!most || isBetter(tried, most)) most = tried
  }
  if (!most) throw new TypeError('no rule was tried')
  return most
}

/** Keys with several files tell more than keys that no prediction has. */
const isBetter = (a: MatchAttempt, b: MatchAttempt): boolean =>
  a.pairs > b.pairs || (a.pairs === 0 && b.pairs === 0 && b.ambiguous === 0 && a.ambiguous > 0)

function refuseShared(truths: readonly ListedMask[], predictions: readonly ListedMask[]): void {
  const paths = new Set(truths.map(({ path }) => path))
  const shared = predictions.find(({ path }) => paths.has(path))
  if (shared)
    throw refuseField(
      'INVALID_OPTIONS',
      '/match_pred',
      `Of one folder for both sides, ${shared.path} is a ground truth and a prediction by the patterns.`,
    )
}

const unreadable = (side: string, listing: Listing): Matching['unreadable'] =>
  listing.unreadable.map(({ path, reason }) => ({ side, path, reason }))

function junkOf(
  { masks, junk }: Listing,
  selected: number,
  kinds: readonly string[],
): Record<string, number> {
  const outside = masks.length - selected
  return countKinds({ ...junk, ...(outside > 0 && { 'outside of the pattern': outside }) }, kinds)
}

function countKinds(
  known: Readonly<Record<string, number>>,
  kinds: readonly string[],
): Record<string, number> {
  const counts = new Map(Object.entries(known))
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}
