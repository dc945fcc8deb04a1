import { realpathSync } from 'node:fs'
import { dirname } from 'node:path/posix'
import type { Limits } from '../../limits.ts'
import { refuseField } from '../../problems/refusal.ts'
import type { SideOptions } from '../../scoring/request/options.ts'
import type { MatchedPair } from '../matching/match-attempt.ts'
import { type MatchOptions, matchSides } from '../matching/match-sides.ts'
import type { Matching } from '../matching/matching.ts'
import { PackedList } from '../packed-list.ts'
import type { AnnotatedMask } from './class-names.ts'
import type { Item, Items } from './item.ts'
import { listSource } from './list-source.ts'
import type { ListedMask, Listing } from './listing.ts'
import { type ManifestRequest, manifestItems } from './manifest/manifest-items.ts'
import type { Reader } from './reader.ts'
import { Spool } from './spool.ts'
import { withoutTexts } from './without-texts.ts'

/** Two sides, and how they are matched. */
interface SidesRequest extends MatchOptions {
  readonly groundTruth: string
  /** Absent: the ground truth's folder holds both sides, which patterns tell apart. */
  readonly prediction?: string | undefined
  /** Annotation formats that the options name. */
  readonly formats?: Readonly<Record<'groundTruth' | 'prediction', SideOptions['format']>>
}

/** A manifest of somebody else, whose rows name files of these sources. */
interface ListedManifest extends Omit<ManifestRequest, 'sides'> {
  readonly within?: { readonly groundTruth: string; readonly prediction?: string | undefined } | undefined
}

/** Where the masks of a dataset are: on two sides, or where a manifest says. */
export type DatasetRequest = SidesRequest | ListedManifest

export interface Dataset {
  /** The manifest, sorted by key. */
  readonly items: Items
  readonly matching: Matching
  /** The masks that may be annotations: ground truths in the order of the items, then predictions. */
  readonly annotations: readonly AnnotatedMask[]
  /** Removes what was put beside the sources; no item can be read afterwards. */
  close(): void
}

/**
 * Lists both sides of a dataset and matches them, or follows a manifest. Nothing is decoded, and `refuseUnusable` says whether it can be scored.
 * @throws Refusal INVALID_OPTIONS, and those of `listSource` and `manifestItems`
 */
export async function openDataset(
  request: DatasetRequest,
  limits: Limits,
  spool = new Spool(),
): Promise<Dataset> {
  if ('manifest' in request) {
    const { within, ...rest } = request
    const sides = within && (await listedSides(within, spool, limits))
    const { items, matching } = manifestItems({ ...rest, sides }, limits)
    const annotations = annotationsOf(items.map(asListed))
    return { items: PackedList.from(items), matching, annotations, close: () => within && spool.close() }
  }
  const { groundTruth, prediction, patterns } = request
  if (prediction === undefined && !(patterns?.groundTruth && patterns.prediction))
    throw refuseField(
      'INVALID_OPTIONS',
      '/match_gt',
      'One folder for both sides needs a pattern for each: which of its files are ground truths, and which predictions.',
    )
  try {
    const truths = await listSource(groundTruth, spool, limits)
    const predictions =
      prediction === undefined ? truths : await listSource(prediction, spool, limits, truths.dataset)
    const { formats } = request
    const ofTruth = withoutTexts(truths.listing, { format: formats?.groundTruth })
    const ofPrediction =
      prediction === undefined ? ofTruth : withoutTexts(predictions.listing, { format: formats?.prediction })
    const matched = matchedItems(ofTruth, ofPrediction, request)
    const hints = [
      ...matched.matching.hints,
      ...sameSideHint(request),
      ...notesOf('ground truth', truths.listing),
      ...(prediction === undefined ? [] : notesOf('prediction', predictions.listing)),
    ]
    return { ...matched, matching: { ...matched.matching, hints }, close: () => spool.close() }
  } catch (error) {
    spool.close()
    throw error
  }
}

const notesOf = (side: string, { notes = [] }: Listing): string[] => notes.map((note) => `${side}: ${note}`)

async function listedSides(
  { groundTruth, prediction }: NonNullable<ListedManifest['within']>,
  spool: Spool,
  limits: Limits,
) {
  const truths = await listSource(groundTruth, spool, limits)
  if (prediction === undefined) return { groundTruth: truths.listing }
  const predictions = await listSource(prediction, spool, limits, truths.dataset)
  return { groundTruth: truths.listing, prediction: predictions.listing }
}

/** Patterns may take ground truths and predictions out of one folder. */
function sameSideHint({ groundTruth, prediction, patterns }: SidesRequest): string[] {
  if (prediction === undefined || patterns?.groundTruth || patterns?.prediction) return []
  if (realpathSync(groundTruth) !== realpathSync(prediction)) return []
  return ['Both sides are the same: every mask is its own ground truth.']
}

function matchedItems(truths: Listing, predictions: Listing, request: SidesRequest): Omit<Dataset, 'close'> {
  const { groupBy } = request
  const { items: pairs, matching } = matchSides(truths, predictions, request)
  const items = new PackedList<Item>()
  for (const { key, group, groundTruth: truth, prediction: predicted } of pairs) {
    const ofItem = groupBy === 'folder' ? dirname(truth.path).normalize('NFC') : group
    const options = {
      ...(truth.options && { ground_truth: truth.options }),
      ...(predicted?.options && { prediction: predicted.options }),
    }
    items.push({
      index: items.length,
      key,
      ...(ofItem !== undefined && { group: ofItem }),
      groundTruth: truth.reader,
      ...(predicted && { prediction: predicted.reader }),
      ...(Object.keys(options).length > 0 && { options }),
    })
  }
  return { items, matching, annotations: annotationsOf(pairs) }
}

type ListedPair = Pick<MatchedPair, 'groundTruth' | 'prediction'>

const sides = ['groundTruth', 'prediction'] as const

const annotationsOf = (pairs: readonly ListedPair[]): AnnotatedMask[] =>
  sides.flatMap((side) =>
    pairs.flatMap((pair) => {
      const mask = pair[side]
      if (!mask || !mayBeAnnotation(mask)) return []
      const { reader, options } = mask
      return [{ side: side === 'groundTruth' ? 'ground_truth' : 'prediction', reader, options } as const]
    }),
  )

/** A first guess by the name, as reading every mask for it would cost a run of its own. */
const mayBeAnnotation = ({ path, reader, options }: ListedMask): boolean =>
  options?.format !== undefined || reader.type === 'beside' || /\.(json|geojson|xml|zip|txt|csv)$/i.test(path)

function asListed({ groundTruth, prediction, options }: Item): ListedPair {
  const mask = (reader: Reader, ofSide: SideOptions | undefined): ListedMask => ({
    path: 'path' in reader ? reader.path : '',
    reader,
    ...(ofSide && { options: ofSide }),
  })
  return {
    groundTruth: mask(groundTruth, options?.ground_truth),
    ...(prediction && { prediction: mask(prediction, options?.prediction) }),
  }
}
