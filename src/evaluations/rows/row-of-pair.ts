import type { Warning } from '../../labels/decoded-mask.ts'
import { mapFamilies } from '../../metrics/families.ts'
import { classCounts } from '../../metrics/overlap/class-counts.ts'
import type { ContingencyTable } from '../../metrics/table/contingency-table.ts'
import type { Counted } from '../../scoring/pair/count-pair.ts'
import type { Report } from '../../scoring/report/report.ts'
import type { ScoreOptions } from '../../scoring/request/options.ts'
import type { Scored } from '../../scoring/score.ts'
import { type LabelMeaning, maxAssumedClasses } from '../label-meaning.ts'
import { detectionOf } from './detection-row.ts'
import { emptyContents } from './empty-contents.ts'
import { emptyMapRow } from './empty-map-row.ts'
import type { ClassRow, ItemContents, ItemRow, JointTriple, PanopticRow } from './item-row.ts'
import { itemScores } from './item-scores.ts'
import { mapRowOf } from './map-row.ts'

/** Most triples of a joint table that a row keeps. */
const maxRowTriples = 4096

/** What a scored pair adds to its row. */
type ScoredPair = ItemContents & Pick<ItemRow, 'warnings' | 'sha256'>

type ScoredCounts = Pick<Scored, 'report' | 'counted' | 'maps'>

export interface PairRow {
  readonly row: ScoredPair
  /** The joint table when it is too long for the row: the chunk adds it to its own (`Tally.addJoint`). */
  readonly joint?: readonly JointTriple[]
}

/** The options by which each pair of a dataset is scored: entropies in bits, and nothing that a row does not keep. */
export function optionsOfRows(options: ScoreOptions): ScoreOptions {
  const known = ofRows.get(options)
  if (known) return known
  const include = options.include.filter((extra) => keptExtras.includes(extra))
  const rowOptions: ScoreOptions = { ...options, log_base: 2, include, checks: [] }
  ofRows.set(options, rowOptions)
  return rowOptions
}

/** Extras with scores of the whole image. */
const keptExtras: readonly string[] = ['ami', 'miller_madow', 'rmi'] satisfies ScoreOptions['include']

/** What is known of options is remembered by their object: all items of a chunk have one. */
const ofRows = new WeakMap<ScoreOptions, ScoreOptions>()

/** What is the same for all pairs of a run. */
export interface PairRun {
  /** With which the pair was scored. */
  readonly options: ScoreOptions
  /** What labels mean as far as it is known before all pairs are read. */
  readonly labels: LabelMeaning
}

/** What is kept of a pair that `scorePair` scored with `optionsOfRows`. */
export function rowOfPair({ report, counted, maps }: ScoredCounts, run: PairRun): PairRow {
  const { joint, ...classes } = classesOf(counted, report, run)
  const long = joint && joint.length > maxRowTriples
  const row = {
    width: report.width,
    height: report.height,
    ...(report.depth !== undefined && { depth: report.depth }),
    pixels: report.pixels,
    ...itemScores(report, counted, run.options),
    ...classes,
    ...objectsOf(report),
    ...detectionOf(counted.detections),
    ...(maps && { maps: mapRowOf(maps) }),
    ...(joint && (long ? { joint_in_chunk: true as const } : { joint })),
    warnings: [...report.warnings, ...samePrediction(report, counted)],
    sha256: [report.ground_truth.sha256, report.prediction.sha256] as const,
  }
  return { row, ...(long && { joint }) }
}

/**
 * What the row of an item holds when nothing can stand for its prediction, from its ground truth scored against itself: with
 * the options of the ground truth on both sides, and no predicted label ignored.
 */
export function emptyRow(scored: ScoredCounts, run: PairRun): ItemContents {
  const { warnings: _warnings, sha256: _sha256, ...contents } = rowOfPair(scored, run).row
  const empty = emptyContents(contents, diagonalOf(scored.report))
  return asksForMaps(run.options) ? { ...empty, maps: emptyMapRow(scored, run.options) } : empty
}

const asksForMaps = ({ families }: ScoreOptions): boolean =>
  mapFamilies.some((family) => families.includes(family))

/** The diagonal of the image in the unit of the spacing; null where no boundary is scored. */
function diagonalOf({ boundary, width, height, depth = 1 }: Report): number | null {
  if (!boundary) return null
  const sides = [depth, height, width].slice(-boundary.spacing.length)
  return Math.hypot(...sides.map((side, axis) => side * boundary.spacing[axis]))
}

/** The options by which a ground truth is scored against itself for `emptyRow`. */
export function optionsOfEmptyRows(options: ScoreOptions): ScoreOptions {
  return { ...optionsOfRows(options), prediction: options.ground_truth, ignore_prediction_labels: [] }
}

type Classes = Pick<ItemContents, 'classes' | 'other_labels' | 'too_many_classes' | 'joint'>

function classesOf(
  { classes: table, voidLabels }: Counted,
  report: Report,
  { labels, options }: PairRun,
): Classes {
  if (labels === 'objects') return { classes: [] }
  const { labels: all, support, predicted, agreed } = classCounts(table)
  if (labels === 'undecided' && all.length > maxAssumedClasses) return { classes: [], too_many_classes: true }
  const isListed = options.classes === undefined ? () => true : listedIn(report)
  const isClass = (label: number) => isListed(label) && !voidLabels.has(label)
  const rows = Array.from(all, (label, k): ClassRow => {
    const tp = agreed[k]
    return [label, tp, predicted[k] - tp, support[k] - tp]
  })
  const others = rows.filter(([label]) => !isClass(label))
  return {
    classes: rows.filter(([label]) => isClass(label)),
    ...(others.length > 0 && { other_labels: others }),
    joint: jointOf(table, isListed),
  }
}

/** Whether the list of classes, as the report understood it, holds a label. */
function listedIn({ options: { classes } }: Report): (label: number) => boolean {
  const listed = new Set(Object.keys(classes ?? {}).map(Number))
  return (label) => listed.has(label)
}

/** The joint table; all labels that are no class share one row and one column. */
function jointOf(table: ContingencyTable, isClass: (label: number) => boolean): JointTriple[] {
  const merged = new Map<string, [groundTruth: number | null, prediction: number | null, pixels: number]>()
  for (let k = 0; k < table.counts.length; k++) {
    const [row, column] = [table.rowLabels[table.rows[k]], table.columnLabels[table.columns[k]]]
    const [truth, predicted] = [isClass(row) ? row : null, isClass(column) ? column : null]
    const triple = merged.get(`${truth} ${predicted}`)
    if (triple) triple[2] += table.counts[k]
    else merged.set(`${truth} ${predicted}`, [truth, predicted, table.counts[k]])
  }
  return [...merged.values()]
}

function objectsOf({
  instances,
}: Report): Pick<ItemContents, 'panoptic' | 'panoptic_over_budget' | 'thresholds'> {
  if (!instances) return {}
  const thresholds = instances.thresholds.map(({ iou, tp, fp, fn }) => [iou, tp, fp, fn] as const)
  const { per_category, sq, tp, fp, fn } = instances.panoptic
  if (tp === null || fp === null || fn === null) return { panoptic_over_budget: true, thresholds }
  const panoptic = per_category?.map((row) => panopticRow(row.label, row)) ?? [
    panopticRow(null, { sq, tp, fp, fn }),
  ]
  return { panoptic, thresholds }
}

interface PanopticCounts {
  readonly sq: number | null
  readonly tp: number
  readonly fp: number
  readonly fn: number
}

const panopticRow = (category: number | null, { sq, tp, fp, fn }: PanopticCounts): PanopticRow => [
  category,
  (sq ?? 0) * tp,
  tp,
  fp,
  fn,
]

/** A prediction that is the ground truth is more often a mistaken folder than a perfect model. */
function samePrediction({ ground_truth, prediction }: Report, { classes: table }: Counted): Warning[] {
  const sameFile = ground_truth.sha256 === prediction.sha256
  const sameLabels = table.counts.every(
    (_, k) => table.rowLabels[table.rows[k]] === table.columnLabels[table.columns[k]],
  )
  if (table.rowLabels.length < 2 || !(sameFile || sameLabels)) return []
  const what = sameFile ? 'the same file' : 'label for label the same'
  return [{ code: 'PREDICTION_IS_GROUND_TRUTH', message: `The prediction and the ground truth are ${what}.` }]
}
