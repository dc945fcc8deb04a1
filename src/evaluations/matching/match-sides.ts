import { refuseField } from '../../problems/refusal.ts'
import type { Listing } from '../sources/listing.ts'
import { hintsOf } from './hints.ts'
import { keysByPattern, keysByRule } from './keys-of-side.ts'
import { masksAmongPhotos } from './masks-among-photos.ts'
import { attemptMatch, type MatchAttempt, type MatchedPair } from './match-attempt.ts'
import type { Matching } from './matching.ts'
import { type RuleName, ruleNames } from './rules.ts'
import { type SelectedMask, type SidePatterns, select } from './select.ts'

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
  const { selected: truths, files: ofTruths } = select(groundTruth.masks, patterns.groundTruth)
  const { selected: predictions, files: ofPredictions } = select(prediction.masks, patterns.prediction)
  const isOneFolder = groundTruth === prediction
  if (isOneFolder) refuseShared(truths, predictions)
  const byPattern = patterns.groundTruth?.hasKey || patterns.prediction?.hasKey
  const names = rule === 'auto' ? ruleNames : [rule]
  const sides = { truths, predictions, preset }
  const best = byPattern
    ? attemptMatch(keysByPattern(patterns), truths, predictions)
    : firstOrMost(attempts(names, sides, patterns.groundTruth === undefined))
  const { pairs, missing, ambiguous, items } = best
  const shared = isOneFolder ? ofTruths + ofPredictions : undefined
  return {
    items,
    matching: {
      rule: best.rule,
      pairs,
      missing,
      extra: best.extra.map(({ path }) => path),
      ambiguous,
      unreadable: [
        ...unreadable('ground_truth', groundTruth),
        ...(isOneFolder ? [] : unreadable('prediction', prediction)),
      ],
      junk: {
        ground_truth: junkOf(groundTruth, shared ?? ofTruths, best.junk.groundTruth),
        prediction: isOneFolder
          ? countKinds({}, best.junk.prediction)
          : junkOf(prediction, ofPredictions, best.junk.prediction),
      },
      hints: hintsOf(best, groupBy !== undefined, sides),
    },
  }
}

interface Sides {
  readonly truths: readonly SelectedMask[]
  readonly predictions: readonly SelectedMask[]
  readonly preset: string | undefined
}

/** Every rule on all ground truths, then on those of a whole dataset without its photos. */
function* attempts(
  names: readonly RuleName[],
  { truths, predictions, preset }: Sides,
  mayHoldPhotos: boolean,
): Generator<MatchAttempt> {
  for (const name of names) yield attemptMatch(keysByRule(name, preset, truths), truths, predictions)
  const masks = mayHoldPhotos ? masksAmongPhotos(truths) : undefined
  if (!masks) return
  for (const name of names) {
    const tried = attemptMatch(keysByRule(name, preset, masks.selected), masks.selected, predictions)
    yield { ...tried, junk: { ...tried.junk, groundTruth: [...tried.junk.groundTruth, ...masks.junk] } }
  }
}

function firstOrMost(all: Iterable<MatchAttempt>): MatchAttempt {
  let most: MatchAttempt | undefined
  for (const tried of all) {
    if (tried.pairs > 0 && tried.missing.length + tried.ambiguous.length === 0) return tried
    if (!most || isBetter(tried, most)) most = tried
  }
  if (!most) throw new TypeError('no rule was tried')
  return most
}

/** Keys with several files tell more than keys that no prediction has. */
const isBetter = (a: MatchAttempt, b: MatchAttempt): boolean =>
  a.pairs > b.pairs || (a.pairs === 0 && b.pairs === 0 && b.ambiguous.length === 0 && a.ambiguous.length > 0)

function refuseShared(truths: readonly SelectedMask[], predictions: readonly SelectedMask[]): void {
  const paths = new Set(truths.map(({ mask }) => mask.path))
  const shared = predictions.find(({ mask }) => paths.has(mask.path))
  if (shared)
    throw refuseField(
      'INVALID_OPTIONS',
      '/match_pred',
      `Of one folder for both sides, ${shared.mask.path} is a ground truth and a prediction by the patterns.`,
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
