import { createHash } from 'node:crypto'
import { JsonNode } from '../../annotations/json-node.ts'
import { parseJson } from '../../annotations/parse-json.ts'
import { Refusal } from '../../problems.ts'
import type { ScoringContext } from '../../scoring/context.ts'
import { score } from '../../scoring/score.ts'
import { scoreTable } from '../../scoring/table.ts'
import { type Comparison, comparisonOf, pairRequest } from '../comparison.ts'
import { annotatedFrames } from './annotated-frames.ts'
import { findDifference } from './find-difference.ts'
import { type FramePair, type FrameRange, framesInCommon, framesOf } from './frames.ts'
import type { Finding, FrameScores, JobScores } from './job-scores.ts'

/** What CVAT's API answered about a job and the ground-truth job of its task, as it came. */
export interface JobPayload {
  readonly annotations: Uint8Array
  readonly meta: Uint8Array
  readonly referenceAnnotations: Uint8Array
  readonly referenceMeta: Uint8Array
  readonly layout?: Uint8Array | undefined
}

export interface JobQuestion {
  readonly job: FrameRange & { readonly id: number; readonly task_id: number }
  readonly reference: FrameRange & { readonly id: number }
  readonly labels: readonly { readonly id: number; readonly name: string }[]
  /** Whether to look for the places to write issues at. */
  readonly locate: boolean
}

/** After this time no further frame is begun: a worker is not one job's alone. */
const budgetMs = 30_000
const mostRows = 50
const mostFindings = 5

/** Scores a job's frames against the ground-truth job's, frame by frame and all together. */
export async function scoreJob(
  { job, reference, labels, locate }: JobQuestion,
  payload: JobPayload,
  context: ScoringContext,
): Promise<JobScores> {
  const end = performance.now() + budgetMs
  const parse = (bytes: Uint8Array) => new JsonNode(parseJson(bytes, context.limits.maxJsonDepth))
  const frames = framesOf(parse(payload.meta), job)
  const references = framesOf(parse(payload.referenceMeta), reference)
  const pairs = framesInCommon(frames, references, payload.layout && parse(payload.layout))
  const drawn = annotatedFrames(parse(payload.annotations), labels)
  const truth = annotatedFrames(parse(payload.referenceAnnotations), labels)
  // One list of labels for all frames, by CVAT's own ids, so that counts of different frames can be added up.
  const classes = { 0: 'background', ...Object.fromEntries(labels.map(({ id, name }) => [id, name])) }
  const masksOf = ({ frame, reference }: FramePair) =>
    [truth(reference, references.get(reference)!), drawn(frame, frames.get(frame)!)] as const

  const rows: FrameScores[] = []
  const refused: JobScores['refused'] = []
  const counts = new Map<string, [number, number, number]>()
  const options = { families: ['overlap'], include: ['contingency'], classes }
  for (const pair of pairs) {
    if (performance.now() > end) break
    const { frame } = pair
    try {
      const { report } = await score(pairRequest(...masksOf(pair), options), context)
      addUp(counts, report.contingency as [number, number, number][])
      const { mi_loss, mean_iou, pixel_accuracy } = comparisonOf(report)
      const other = pair.reference !== frame && { reference_frame: pair.reference }
      rows.push({ frame, name: frames.get(frame)!.name, ...other, mi_loss, mean_iou, pixel_accuracy })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused.push({ frame, code: error.code, detail: error.message.slice(0, 300) })
    }
  }
  rows.sort(worseFirst)
  const findings: Finding[] = []
  // By pixels, not by loss: a whole frame under a wrong name loses no information and is well worth an issue.
  const differing = rows.filter(({ pixel_accuracy }) => (pixel_accuracy ?? 1) < 1)
  differing.sort((a, b) => a.pixel_accuracy! - b.pixel_accuracy!)
  for (const { frame } of locate ? differing.slice(0, mostFindings) : []) {
    const pair = pairs.find((one) => one.frame === frame)!
    const found = await findDifference(pairRequest(...masksOf(pair), {}), context)
    if (found) findings.push({ frame, ...found })
  }
  return {
    job: job.id,
    task: job.task_id,
    ground_truth_job: reference.id,
    frames_in_common: pairs.length,
    frames_scored: rows.length,
    pooled: pooled([...counts.values()], classes, context),
    macro: macro(rows),
    worst: rows[0] ?? null,
    frames: rows.slice(0, mostRows),
    refused: refused.slice(0, mostRows),
    findings,
    fingerprint: fingerprint(payload.annotations, payload.referenceAnnotations),
  }
}

/** Frames of one loss, such as those that differ by names alone, by their mean IoU. */
const worseFirst = (a: FrameScores, b: FrameScores): number =>
  (b.mi_loss ?? -1) - (a.mi_loss ?? -1) || (a.mean_iou ?? 1) - (b.mean_iou ?? 1) || a.frame - b.frame

function addUp(counts: Map<string, [number, number, number]>, triples: readonly [number, number, number][]) {
  for (const [groundTruth, prediction, n] of triples) {
    const key = `${groundTruth} ${prediction}`
    const known = counts.get(key)
    if (known) known[2] += n
    else counts.set(key, [groundTruth, prediction, n])
  }
}

function pooled(
  triples: readonly (readonly number[])[],
  classes: Readonly<Record<string, string>>,
  context: ScoringContext,
): Comparison | null {
  if (triples.length === 0) return null
  const request = {
    ...pairRequest(nothing, nothing, { families: ['overlap'], classes }),
    has: (name: string) => name === 'triples',
    value: () => triples,
  }
  return comparisonOf(scoreTable(request, context).report)
}

const nothing = { kind: 'labels', data: [] } as const

function macro(rows: readonly FrameScores[]): JobScores['macro'] {
  const mean = (values: readonly (number | null)[]) => {
    const numbers = values.filter((value) => value !== null)
    return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length
  }
  return {
    mi_loss: mean(rows.map(({ mi_loss }) => mi_loss)),
    mean_iou: mean(rows.map(({ mean_iou }) => mean_iou)),
    frames: rows.length,
  }
}

function fingerprint(...documents: readonly Uint8Array[]): string {
  const hash = createHash('sha256')
  for (const bytes of documents) hash.update(bytes)
  return hash.digest('hex')
}
