import { Refusal } from '../../problems/refusal.ts'
import { compareKeys } from '../compare-keys.ts'
import { fileKey } from './file-key.ts'
import type { FolderListing } from './list-folder.ts'

export const matchRules = ['path', 'name'] as const
type MatchRule = (typeof matchRules)[number]

/** An item of the manifest: paths relative to the folder of their side. */
interface MatchedItem {
  readonly key: string
  readonly groundTruth: string
  /** Absent: no prediction has this key. */
  readonly prediction?: string
}

interface AmbiguousKey {
  readonly key: string
  readonly candidates: readonly string[]
}

/** `matching.json`: which file met which. */
interface Matching {
  readonly rule: MatchRule
  /** Items with a prediction. */
  readonly pairs: number
  /** Keys without a prediction. */
  readonly missing: readonly string[]
  /** Predictions without a ground truth. */
  readonly extra: readonly string[]
  readonly junk: { readonly ground_truth: FolderListing['junk']; readonly prediction: FolderListing['junk'] }
  readonly hints: readonly string[]
}

export interface MatchedFiles {
  /** Of every ground truth, sorted by key. */
  readonly items: readonly MatchedItem[]
  readonly matching: Matching
}

/** Most keys or candidates that a refusal names. */
const maxNamed = 5

/**
 * Pairs the files of two folders by the first rule that pairs every ground truth exactly once, else by the one with most
 * pairs: `path`, the same relative path; `name`, the same file name. Extensions do not count, upper and lower case do.
 * @throws Refusal AMBIGUOUS_MATCH where a key has two files on a side, NOTHING_MATCHED where no key is on both sides
 */
export function matchFiles(
  groundTruth: FolderListing,
  prediction: FolderListing,
  rule: MatchRule | 'auto' = 'auto',
): MatchedFiles {
  const sides = [withoutPhotos(groundTruth), withoutPhotos(prediction)] as const
  const tried = (rule === 'auto' ? matchRules : [rule]).map((name) => matchBy(name, sides[0], sides[1]))
  const most = Math.max(...tried.map(({ pairs }) => pairs))
  const whole = tried.find(({ missing, ambiguous }) => missing.length + ambiguous.length === 0)
  const best = whole ?? tried.find(({ pairs }) => pairs === most)
  const ambiguous = best?.ambiguous[0]
    ? best
    : most === 0 && tried.find((match) => match.ambiguous.length > 0)
  if (ambiguous) throw refuseAmbiguous(ambiguous.rule, ambiguous.ambiguous)
  if (!best || most === 0) throw refuseNothing(sides[0].paths, sides[1].paths)
  const { items, pairs, missing, extra } = best
  return {
    items,
    matching: {
      rule: best.rule,
      pairs,
      missing,
      extra,
      junk: { ground_truth: sides[0].junk, prediction: sides[1].junk },
      hints: caseHints(missing, extra, best.rule),
    },
  }
}

const keyOf = (rule: MatchRule, path: string): string =>
  fileKey(rule === 'path' ? path : path.slice(path.lastIndexOf('/') + 1))

function matchBy(rule: MatchRule, groundTruth: FolderListing, prediction: FolderListing) {
  const truths = byKey(rule, groundTruth.paths)
  const predictions = byKey(rule, prediction.paths)
  const keys = [...truths.keys()].sort(compareKeys)
  const ambiguous: AmbiguousKey[] = []
  const items: MatchedItem[] = []
  for (const key of keys) {
    const [ofTruth, ofPrediction] = [truths.get(key) ?? [], predictions.get(key) ?? []]
    if (ofTruth.length > 1) ambiguous.push({ key, candidates: ofTruth })
    else if (ofPrediction.length > 1) ambiguous.push({ key, candidates: ofPrediction })
    else items.push({ key, groundTruth: ofTruth[0], ...(ofPrediction[0] && { prediction: ofPrediction[0] }) })
  }
  const missing = items.filter((item) => item.prediction === undefined).map(({ key }) => key)
  const extra = prediction.paths.filter((path) => !truths.has(keyOf(rule, path)))
  return { rule, items, ambiguous, missing, extra, pairs: items.length - missing.length }
}

function byKey(rule: MatchRule, paths: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const path of paths) {
    const key = keyOf(rule, path)
    const known = found.get(key)
    if (known) known.push(path)
    else found.set(key, [path])
  }
  return found
}

/** A JPEG beside a mask of the same path is the photo. */
function withoutPhotos({ paths, junk }: FolderListing): FolderListing {
  const isJpeg = (path: string) => /\.jpe?g$/i.test(path)
  const others = new Set(paths.filter((path) => !isJpeg(path)).map(fileKey))
  const kept = paths.filter((path) => !isJpeg(path) || !others.has(fileKey(path)))
  const photos = paths.length - kept.length
  return { paths: kept, junk: photos > 0 ? { ...junk, photo: photos } : junk }
}

function caseHints(missing: readonly string[], extra: readonly string[], rule: MatchRule): string[] {
  const folded = new Map(extra.map((path) => [keyOf(rule, path).toLowerCase(), path]))
  return missing.flatMap((key) => {
    const path = folded.get(key.toLowerCase())
    return path === undefined ? [] : [`${key} and ${path} differ in upper and lower case only.`]
  })
}

function refuseAmbiguous(rule: MatchRule, ambiguous: readonly AmbiguousKey[]): Refusal {
  const named = ambiguous
    .slice(0, maxNamed)
    .map(({ key, candidates }) => `${key}: ${candidates.slice(0, maxNamed).join(', ')}`)
  return new Refusal(
    'AMBIGUOUS_MATCH',
    `By rule "${rule}" ${ambiguous.length} keys have several files on one side: ${named.join('; ')}.`,
  )
}

function refuseNothing(groundTruth: readonly string[], prediction: readonly string[]): Refusal {
  const shown = (paths: readonly string[]) =>
    `${paths.length} files${paths.length > 0 ? ` (${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ', …' : ''})` : ''}`
  return new Refusal(
    'NOTHING_MATCHED',
    `No ground truth has a prediction of the same path or name: ground truth ${shown(groundTruth)}, predictions ${shown(prediction)}.`,
  )
}
