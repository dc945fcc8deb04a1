import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ScoringContext } from '../../scoring/context.ts'
import { type EvaluationRequest, parseEvaluationRequest } from '../evaluation-request.ts'
import type { Matching } from '../matching/matching.ts'
import { parsePattern } from '../matching/pattern.ts'
import { refuseUnmatched } from '../matching/refuse-unmatched.ts'
import { refuseUnusable } from '../matching/refuse-unusable.ts'
import type { EvaluationOptions } from '../options.ts'
import type { ItemRun } from '../rows/score-item.ts'
import type { Items } from '../sources/item.ts'
import { listPhotos } from '../sources/list-source.ts'
import { type Dataset, type DatasetRequest, openDataset } from '../sources/open-dataset.ts'
import { Spool } from '../sources/spool.ts'
import { withPhotos } from '../sources/with-photos.ts'
import { withNamesOf } from '../with-names-of.ts'
import { bytesOfItem } from './plan.ts'
import { itemsOfShard } from './shard-sizes.ts'
import { itemLine } from './stored-item.ts'
import { writePieces } from './write-pieces.ts'

/** Paths of the sources of a run; a manifest says all, or ground truth and prediction do. */
export interface SourcePaths {
  readonly groundTruth?: string
  readonly prediction?: string
  readonly manifest?: string
  /** Photos of the items. */
  readonly images?: string
}

/** What planning is given. Plain data. */
export interface PlanRequest {
  /** Where the manifest and the plan are put. */
  readonly folder: string
  /** Where all runs lie. */
  readonly runs: string
  readonly sources: SourcePaths
  /** As the caller wrote them. */
  readonly options: Readonly<Record<string, unknown>>
  /** The ground truth is checked by scoring it against itself. */
  readonly isCheck: boolean
  readonly context: ScoringContext
}

/** Neighbouring items, and where their lines stand in the manifest. */
export interface PlannedShard {
  readonly first: number
  readonly count: number
  /** Bytes of the manifest. */
  readonly place: number
  readonly length: number
  /** Bytes of the files of its items. */
  readonly bytes: number
}

/** `plan.json`: all that shards and the finish need to know beside the manifest. */
export interface Plan {
  readonly version: 1
  readonly items: number
  readonly bytes: number
  readonly matching: Pick<Matching, 'rule' | 'pairs'> & { readonly missing: number; readonly extra: number }
  readonly shards: readonly PlannedShard[]
  readonly run: Pick<ItemRun, 'scoring' | 'labels'> & { readonly evaluation: EvaluationOptions }
  /** As they were written. */
  readonly checks: readonly string[]
}

export const manifestName = 'manifest.ndjson'
export const matchingName = 'matching.json'
export const planName = 'plan.json'
/** What stands for parts of sources. */
const partsName = 'parts'

/**
 * Lists and matches the sources of a run, and writes its manifest and plan. Doing it again writes the same files.
 * @throws Refusal whatever concerns the run and not one item
 */
export async function planRun(request: PlanRequest): Promise<Plan> {
  const { folder, runs, sources, options, isCheck, context } = request
  const asked = askedOf(parseEvaluationRequest(options), isCheck)
  rmSync(join(folder, partsName), { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const spool = new Spool(join(folder, partsName))
  const dataset = await openDataset(datasetRequest(sources, asked, isCheck), context.limits, spool)
  const { items, matching } = await withImages(dataset, sources, spool, context)
  refuseUnusable(matching)
  refuseUnmatched(matching, asked.evaluation)
  const { scoring, evaluation, labels } = await withNamesOf(annotationsOf(dataset, isCheck), asked, context)
  const shards: PlannedShard[] = []
  write(folder, manifestName, manifestLines(items, runs, [folder, ...Object.values(sources)], shards))
  write(folder, matchingName, [`${JSON.stringify(matching, null, 2)}\n`])
  const { rule, pairs, missing, extra } = matching
  const plan: Plan = {
    version: 1,
    items: items.length,
    bytes: shards.reduce((sum, { bytes }) => sum + bytes, 0),
    matching: { rule, pairs, missing: missing.length, extra: extra.length },
    shards,
    run: { scoring, labels, evaluation },
    checks: asked.checks,
  }
  write(folder, planName, [JSON.stringify(plan)])
  return plan
}

/** The items with their photos; those without one are told of. */
async function withImages(
  { items, matching }: Dataset,
  { images }: SourcePaths,
  spool: Spool,
  { limits }: ScoringContext,
): Promise<Pick<Dataset, 'items' | 'matching'>> {
  if (images === undefined) return { items, matching }
  const photographed = withPhotos(items, await listPhotos(images, spool, limits))
  const { without } = photographed
  const hints = without > 0 ? [`${without} of ${items.length} items have no photo among the images.`] : []
  return { items: photographed.items, matching: { ...matching, hints: [...matching.hints, ...hints] } }
}

/** A check reads the prediction as it reads the ground truth, which it is. */
function askedOf(asked: EvaluationRequest, isCheck: boolean): EvaluationRequest {
  if (!isCheck) return asked
  const { scoring, evaluation } = asked
  return {
    ...asked,
    scoring: { ...scoring, prediction: scoring.ground_truth },
    evaluation: { ...evaluation, on_missing: 'fail', on_broken: 'fail', on_extra: 'warn', intervals: 'none' },
    matching: { rule: 'path', patterns: {}, by: [] },
    checks: [],
  }
}

function datasetRequest(
  { groundTruth, prediction, manifest }: SourcePaths,
  { matching, scoring }: EvaluationRequest,
  isCheck: boolean,
): DatasetRequest {
  const { rule, patterns, groupBy, by } = matching
  // Its rows come from a caller: they name files of the sources, and nothing else on this machine.
  if (manifest !== undefined)
    return { manifest, groupBy, by, within: { groundTruth: groundTruth ?? '', prediction } }
  return {
    groundTruth: groundTruth ?? '',
    prediction: isCheck ? groundTruth : prediction,
    rule,
    patterns: {
      groundTruth: pattern(patterns.groundTruth, '/options/match_gt'),
      prediction: pattern(patterns.prediction, '/options/match_pred'),
    },
    preset: scoring.ground_truth.preset,
    formats: { groundTruth: scoring.ground_truth.format, prediction: scoring.prediction.format },
    ...(groupBy === 'folder' && { groupBy }),
  }
}

const pattern = (text: string | undefined, pointer: string) =>
  text === undefined ? undefined : parsePattern(text, pointer)

const annotationsOf = ({ annotations }: Dataset, isCheck: boolean) =>
  isCheck ? annotations.filter(({ side }) => side === 'ground_truth') : annotations

/** The manifest, a line an item. Items are read one by one: a million of them are never held at the same time. */
function* manifestLines(
  items: Items,
  runs: string,
  sources: readonly string[],
  shards: PlannedShard[],
): Generator<string> {
  const size = itemsOfShard(items)
  let place = 0
  let shard: PlannedShard = { first: 0, count: 0, place, length: 0, bytes: 0 }
  for (const item of items) {
    if (shard.count === size) {
      shards.push(shard)
      place += shard.length
      shard = { first: shard.first + size, count: 0, place, length: 0, bytes: 0 }
    }
    const line = itemLine(item, runs, sources)
    shard = {
      ...shard,
      count: shard.count + 1,
      length: shard.length + Buffer.byteLength(line),
      bytes: shard.bytes + bytesOfItem(item),
    }
    yield line
  }
  if (shard.count > 0) shards.push(shard)
}

/** Whole, or not at all. */
function write(folder: string, name: string, pieces: Iterable<string>): void {
  writePieces(join(folder, `${name}.new`), pieces)
  renameSync(join(folder, `${name}.new`), join(folder, name))
}
