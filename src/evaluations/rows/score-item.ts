import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Refusal, refuseField } from '../../problems/refusal.ts'
import type { ScoringContext } from '../../scoring/context.ts'
import type { ScoreOptions } from '../../scoring/request/options.ts'
import { type Scored, scorePair } from '../../scoring/score.ts'
import type { LabelMeaning } from '../label-meaning.ts'
import type { EvaluationOptions } from '../options.ts'
import type { ItemContents, ItemProblem, ItemRow, JointTriple } from './item-row.ts'
import { emptyRow, optionsOfEmptyRows, optionsOfRows, rowOfPair } from './row-of-pair.ts'

/** One item and where its files are. */
export interface ItemFiles {
  readonly index: number
  readonly key: string
  readonly group?: string
  readonly groundTruth: string
  /** Absent: there is no prediction. */
  readonly prediction?: string
}

/** What is the same for all items of a run. */
export interface ItemRun {
  readonly scoring: ScoreOptions
  readonly labels: LabelMeaning
  readonly evaluation: Pick<EvaluationOptions, 'on_missing' | 'on_broken'>
  readonly context: ScoringContext
}

interface ScoredItem {
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
 */
export async function scoreItem(item: ItemFiles, run: ItemRun): Promise<ScoredItem> {
  const groundTruth = await readMask(item.groundTruth)
  if (!(groundTruth instanceof Uint8Array)) return failed(item, 'ground_truth', groundTruth, [null, null])
  if (item.prediction === undefined)
    return withoutPrediction(item, groundTruth, null, run, {
      code: 'PREDICTION_MISSING',
      message: 'No prediction has this key.',
    })
  const prediction = await readMask(item.prediction)
  if (!(prediction instanceof Uint8Array)) return withoutPrediction(item, groundTruth, null, run, prediction)
  const options = optionsOfRows(run.scoring)
  const scored = await scoredOrRefused(groundTruth, prediction, options, run.context)
  if (scored instanceof Refusal) return withoutPrediction(item, groundTruth, prediction, run, scored)
  refuseNamedLabels(item, scored, run)
  const { row, joint } = rowOfPair(scored, { options, labels: run.labels })
  return { row: { ...named(item), status: 'scored', ...row }, ...(joint && { joint }) }
}

type Fault = Pick<Refusal, 'message'> & { readonly code: string }

async function readMask(path: string): Promise<Uint8Array | Fault> {
  try {
    return await readFile(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return { code: 'UNREADABLE_FILE', message: `The file cannot be read: ${code}.` }
  }
}

async function scoredOrRefused(
  groundTruth: Uint8Array,
  prediction: Uint8Array,
  options: ScoreOptions,
  context: ScoringContext,
): Promise<Scored | Refusal> {
  const file = (bytes: Uint8Array) => ({ kind: 'file', bytes }) as const
  try {
    return await scorePair({ groundTruth: file(groundTruth), prediction: file(prediction) }, options, context)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** Whose fault it is, is asked of the ground truth scored against itself: what refuses that, is its own. */
async function withoutPrediction(
  item: ItemFiles,
  groundTruth: Uint8Array,
  prediction: Uint8Array | null,
  run: ItemRun,
  fault: Fault,
): Promise<ScoredItem> {
  const sha256 = [hash('sha256', groundTruth), prediction && hash('sha256', prediction)] as const
  const options = optionsOfEmptyRows(run.scoring)
  const itself = await scoredOrRefused(groundTruth, groundTruth, options, run.context)
  if (itself instanceof Refusal) return failed(item, 'ground_truth', itself, sha256)
  refuseNamedLabels(item, itself, run)
  const contents = emptyRow(itself, { options, labels: run.labels })
  const isMissing = item.prediction === undefined
  const policy = isMissing ? run.evaluation.on_missing : run.evaluation.on_broken
  if (policy !== 'empty') {
    const { row } = failed(item, 'prediction', fault, sha256)
    return { row: { ...row, status: policy === 'skip' ? 'skipped' : 'failed', as_empty: contents } }
  }
  const problem: ItemProblem = { side: 'prediction', code: fault.code, detail: fault.message }
  const substituted = isMissing ? 'missing' : 'broken'
  return {
    row: { ...named(item), status: 'scored', substituted, problem, ...contents, warnings: [], sha256 },
  }
}

function failed(
  item: ItemFiles,
  side: ItemProblem['side'],
  { code, message: detail }: Fault,
  sha256: ItemRow['sha256'],
): ScoredItem {
  return {
    row: {
      ...named(item),
      status: 'failed',
      problem: { side, code, detail },
      ...unread,
      warnings: [],
      sha256,
    },
  }
}

const named = ({ index, key, group }: ItemFiles) => ({ index, key, ...(group !== undefined && { group }) })

function refuseNamedLabels({ key }: ItemFiles, { report }: Scored, { scoring }: ItemRun): void {
  if (scoring.classes !== undefined || report.options.classes === undefined) return
  throw refuseField(
    'INVALID_OPTIONS',
    '/options/classes',
    `The files of ${key} name their labels, which every pair would number anew: list all of them in \`classes\`.`,
  )
}
