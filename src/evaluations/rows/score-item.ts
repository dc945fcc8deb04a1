import { maskFormats } from '../../decoding/mask-formats.ts'
import { Refusal, refuseField } from '../../problems/refusal.ts'
import type { ScoringContext } from '../../scoring/context.ts'
import { sha256 } from '../../scoring/fingerprints.ts'
import type { MaskOptions } from '../../scoring/masks/open-mask.ts'
import type { ScoreOptions } from '../../scoring/request/options.ts'
import { type Scored, scorePair } from '../../scoring/score.ts'
import type { LabelMeaning } from '../label-meaning.ts'
import type { EvaluationOptions } from '../options.ts'
import type { Item } from '../sources/item.ts'
import { type Content, readContent } from '../sources/read-content.ts'
import type { Reader } from '../sources/reader.ts'
import type { ItemContents, ItemProblem, ItemRow, JointTriple } from './item-row.ts'
import { emptyRow, optionsOfEmptyRows, optionsOfRows, rowOfPair } from './row-of-pair.ts'

/** What is the same for all items of a run. */
export interface ItemRun {
  readonly scoring: ScoreOptions
  readonly labels: LabelMeaning
  readonly evaluation: Pick<EvaluationOptions, 'on_missing' | 'on_broken'>
  readonly context: ScoringContext
}

export interface ScoredItem {
  readonly row: ItemRow
  /** The joint table when it is too long for the row. */
  readonly joint?: readonly JointTriple[]
}

const unread: ItemContents = {
  width: 0,
  height: 0,
  pixels: { total: 0, counted: 0, ignored: 0 },
  scores: {},
  reasons: {},
  classes: [],
}

/**
 * Reads and scores one item. What cannot be read becomes a failed, skipped or empty item, never a better score.
 * @throws Refusal INVALID_OPTIONS for a document that names its labels while `classes` lists none: every pair would number
 * the names anew
 * @param fault why the prediction counts as unreadable without being read
 */
export async function scoreItem(item: Item, run: ItemRun, fault?: Fault): Promise<ScoredItem> {
  const scoring = optionsOfItem(item, run)
  const { stack, ground_truth, prediction: ofPrediction } = scoring
  const groundTruth = await readMask(item.groundTruth, { ...ground_truth, stack }, run.context)
  if (!('bytes' in groundTruth)) return failedItem(item, 'ground_truth', groundTruth, [null, null])
  const known = { item, groundTruth, run: { ...run, scoring } }
  if (item.prediction === undefined)
    return withoutPrediction(known, null, {
      code: 'PREDICTION_MISSING',
      message: 'No prediction has this key.',
    })
  if (fault) return withoutPrediction(known, null, fault)
  const prediction = await readMask(item.prediction, { ...ofPrediction, stack }, run.context)
  if (!('bytes' in prediction)) return withoutPrediction(known, null, prediction)
  const options = optionsOfRows(scoring)
  const scored = await scoredOrRefused(groundTruth, prediction, options, run.context)
  if (scored instanceof Refusal) return withoutPrediction(known, prediction, scored)
  refuseNamedLabels(item, scored, run)
  const { row, joint } = rowOfPair(scored, { options, labels: run.labels })
  const hashes = [fingerprint(groundTruth, row.sha256[0]), fingerprint(prediction, row.sha256[1])] as const
  return { row: { ...named(item), status: 'scored', ...row, sha256: hashes }, ...(joint && { joint }) }
}

/** The options of a pair, with what the manifest says of this one. */
export function optionsOfItem({ options }: Item, { scoring }: Pick<ItemRun, 'scoring'>): ScoreOptions {
  if (options === undefined) return scoring
  return {
    ...scoring,
    ground_truth: { ...scoring.ground_truth, ...options.ground_truth },
    prediction: { ...scoring.prediction, ...options.prediction },
  }
}

/** Why a mask could not be scored. */
export type Fault = Pick<Refusal, 'message'> & { readonly code: string }

async function readMask(
  reader: Reader,
  options: MaskOptions,
  context: ScoringContext,
): Promise<Content | Fault> {
  try {
    return await readContent(reader, options, context)
  } catch (error) {
    if (error instanceof Refusal) return error
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return { code: 'UNREADABLE_FILE', message: `The file cannot be read: ${code}.` }
  }
}

/** sha256 of a mask's file, and of the JSON beside it, as rows hold it. */
export function fingerprint({ bytes, sidecar }: Content, ofBytes: string | null = null): string {
  const known = ofBytes ?? sha256(bytes)
  return sidecar === undefined ? known : sha256(Buffer.from(`${known} ${sha256(sidecar)}`))
}

async function scoredOrRefused(
  groundTruth: Content,
  prediction: Content,
  options: ScoreOptions,
  context: ScoringContext,
): Promise<Scored | Refusal> {
  try {
    return await scorePair({ groundTruth, prediction }, options, context)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** Whose fault it is, is asked of the ground truth scored against itself: what refuses that, is its own. */
async function withoutPrediction(
  { item, groundTruth, run }: { item: Item; groundTruth: Content; run: ItemRun },
  prediction: Content | null,
  fault: Fault,
): Promise<ScoredItem> {
  const hashes = [fingerprint(groundTruth), prediction && fingerprint(prediction)] as const
  const options = optionsOfEmptyRows(run.scoring)
  const itself = await scoredOrRefused(groundTruth, groundTruth, options, run.context)
  if (itself instanceof Refusal) return failedItem(item, 'ground_truth', itself, hashes)
  refuseNamedLabels(item, itself, run)
  const contents = emptyRow(itself, { options, labels: run.labels })
  const isMissing = item.prediction === undefined
  const policy = isMissing ? run.evaluation.on_missing : run.evaluation.on_broken
  if (policy !== 'empty') {
    const { row } = failedItem(item, 'prediction', fault, hashes)
    return { row: { ...row, status: policy === 'skip' ? 'skipped' : 'failed', as_empty: contents } }
  }
  const problem: ItemProblem = { side: 'prediction', code: fault.code, detail: fault.message }
  const substituted = isMissing ? 'missing' : 'broken'
  return {
    row: {
      ...named(item),
      status: 'scored',
      substituted,
      problem,
      ...contents,
      warnings: [],
      sha256: hashes,
    },
  }
}

/** The row of an item that has no scores. */
export function failedItem(
  item: Item,
  side: ItemProblem['side'],
  { code, message: detail }: Fault,
  hashes: ItemRow['sha256'],
): ScoredItem {
  return {
    row: {
      ...named(item),
      status: 'failed',
      problem: { side, code, detail },
      ...unread,
      warnings: [],
      sha256: hashes,
    },
  }
}

const named = ({ index, key, group, by, weight }: Item) => ({
  index,
  key,
  ...(group !== undefined && { group }),
  ...(by && { by }),
  ...(weight !== undefined && { weight }),
})

function refuseNamedLabels({ key }: Item, { report }: Scored, { scoring }: ItemRun): void {
  if (scoring.classes !== undefined || report.options.classes === undefined) return
  // The names of a mask file, such as `.seg.nrrd`, are those of its numbers.
  if ([report.ground_truth, report.prediction].every(({ format }) => Object.hasOwn(maskFormats, format)))
    return
  throw refuseField(
    'INVALID_OPTIONS',
    '/options/classes',
    `The files of ${key} name their labels, which every pair would number anew: list all of them in \`classes\`.`,
  )
}
