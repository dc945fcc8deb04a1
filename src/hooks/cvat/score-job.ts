import { createHash } from 'node:crypto'
import { JsonNode } from '../../json/json-node.ts'
import { parseJson } from '../../json/parse-json.ts'
import { sumTables } from '../../metrics/table/contingency-table.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { ScoringContext } from '../../scoring/context.ts'
import { parseScoreOptions } from '../../scoring/request/parse-options.ts'
import { scorePair } from '../../scoring/score.ts'
import { scoreTable } from '../../scoring/table.ts'
import { comparisonOf } from '../comparison.ts'
import { annotatedFrames } from './annotated-frames.ts'
import { findDifference } from './find-difference.ts'
import { type FramePair, type FrameRange, framesInCommon, framesOf } from './frames.ts'
import type { Finding, FrameScores, JobScores } from './job-scores.ts'
import { macroMean, worseFirst } from './macro-mean.ts'

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
const maxRows = 50
const maxFindings = 5

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
  const options = parseScoreOptions({ families: ['overlap'], classes })
  const masksOf = ({ frame, reference }: FramePair) => ({
    groundTruth: truth(reference, references.get(reference)!),
    prediction: drawn(frame, frames.get(frame)!),
  })

  const rows: FrameScores[] = []
  const refused: JobScores['refused'] = []
  const warnings = new Map<string, JobScores['warnings'][number]>()
  let pooled = sumTables([])
  for (const pair of pairs) {
    if (performance.now() > end) break
    const { frame } = pair
    try {
      const { report, counted } = await scorePair(masksOf(pair), options, context)
      for (const { code, message } of report.warnings) {
        const warning = warnings.get(code) ?? { code, message, frames: [] }
        if (!warning.frames.includes(frame) && warning.frames.length < maxRows) warning.frames.push(frame)
        warnings.set(code, warning)
      }
      pooled = sumTables([pooled, counted.classes])
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
  for (const { frame } of locate ? differing.slice(0, maxFindings) : []) {
    const pair = pairs.find((candidate) => candidate.frame === frame)!
    const found = await findDifference(masksOf(pair), context)
    if (found) findings.push({ frame, ...found })
  }
  return {
    job: job.id,
    task: job.task_id,
    ground_truth_job: reference.id,
    frames_in_common: pairs.length,
    frames_scored: rows.length,
    pooled: pooled.total === 0 ? null : comparisonOf(scoreTable(pooled, options)),
    macro: macroMean(rows),
    worst: rows[0] ?? null,
    frames: rows.slice(0, maxRows),
    warnings: [...warnings.values()],
    refused: refused.slice(0, maxRows),
    findings,
    fingerprint: fingerprint(payload.annotations, payload.referenceAnnotations),
  }
}

function fingerprint(...documents: readonly Uint8Array[]): string {
  const hash = createHash('sha256')
  for (const bytes of documents) hash.update(bytes)
  return hash.digest('hex')
}
