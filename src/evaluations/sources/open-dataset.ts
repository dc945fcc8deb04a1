import { dirname } from 'node:path/posix'
import type { Limits } from '../../limits.ts'
import { refuseField } from '../../problems/refusal.ts'
import { type MatchOptions, matchSides } from '../matching/match-sides.ts'
import type { Matching } from '../matching/matching.ts'
import type { Item } from './item.ts'
import { listSource } from './list-source.ts'
import type { Listing } from './listing.ts'
import { type ManifestRequest, manifestItems } from './manifest/manifest-items.ts'
import { Spool } from './spool.ts'

/** Two sides, and how they are matched. */
interface SidesRequest extends MatchOptions {
  readonly groundTruth: string
  /** Absent: the ground truth's folder holds both sides, which patterns tell apart. */
  readonly prediction?: string | undefined
}

/** Where the masks of a dataset are: on two sides, or where a manifest says. */
export type DatasetRequest = SidesRequest | ManifestRequest

export interface Dataset {
  /** The manifest, sorted by key. */
  readonly items: readonly Item[]
  readonly matching: Matching
  /** Removes what was put beside the sources; no item can be read afterwards. */
  close(): void
}

/**
 * Lists both sides of a dataset and matches them, or follows a manifest. Nothing is decoded, and `refuseUnusable` says whether it can be scored.
 * @throws Refusal INVALID_OPTIONS, and those of `listSource` and `manifestItems`
 */
export async function openDataset(request: DatasetRequest, limits: Limits): Promise<Dataset> {
  if ('manifest' in request) return { ...manifestItems(request, limits), close: () => undefined }
  const { groundTruth, prediction, patterns } = request
  if (prediction === undefined && !(patterns?.groundTruth && patterns.prediction))
    throw refuseField(
      'INVALID_OPTIONS',
      '/match_gt',
      'One folder for both sides needs a pattern for each: which of its files are ground truths, and which predictions.',
    )
  const spool = new Spool()
  try {
    const truths = await listSource(groundTruth, spool, limits)
    const predictions = prediction === undefined ? truths : await listSource(prediction, spool, limits)
    return { ...matchedItems(truths, predictions, request), close: () => spool.close() }
  } catch (error) {
    spool.close()
    throw error
  }
}

function matchedItems(
  truths: Listing,
  predictions: Listing,
  request: SidesRequest,
): Pick<Dataset, 'items' | 'matching'> {
  const { groupBy } = request
  const { items: pairs, matching } = matchSides(truths, predictions, request)
  const items = pairs.map(({ key, group, groundTruth: truth, prediction: predicted }, index): Item => {
    const ofItem = groupBy === 'folder' ? dirname(truth.path).normalize('NFC') : group
    const options = {
      ...(truth.options && { ground_truth: truth.options }),
      ...(predicted?.options && { prediction: predicted.options }),
    }
    return {
      index,
      key,
      ...(ofItem !== undefined && { group: ofItem }),
      groundTruth: truth.reader,
      ...(predicted && { prediction: predicted.reader }),
      ...(Object.keys(options).length > 0 && { options }),
    }
  })
  return { items, matching }
}
