import type { Warning } from '../../labels/decoded-mask.ts'
import { isVolume } from '../../labels/label-map.ts'
import type { Counted } from '../pair/count-pair.ts'
import type { Pair, SideFacts } from '../pair/pair.ts'
import type { Size } from '../pair/size.ts'
import { millilitresOfVoxel } from '../pair/spacing-of-file.ts'
import { classNames } from '../request/class-list.ts'
import type { ScoreOptions } from '../request/options.ts'
import { boundaryScores } from '../scores/boundary-scores.ts'
import { detectionBlock } from '../scores/detection-block.ts'
import { lesionBlock } from '../scores/lesion-block.ts'
import { overlapWarnings } from '../scores/overlap-warnings.ts'
import { segmentScores } from '../scores/segment-scores.ts'
import { sideWarnings } from '../scores/side-warnings.ts'
import { tableScores, triples } from '../scores/table-scores.ts'
import { tableWarnings } from '../scores/table-warnings.ts'
import { mapBlocks } from '../soft/map-blocks.ts'
import type { MapSums } from '../soft/map-sums.ts'
import { runChecks } from './checks.ts'
import type { Report } from './report.ts'
import { settle } from './settle.ts'
import { shownGeometry } from './shown-geometry.ts'

/** Everything that POST /v1/score answers of a pair that is counted. */
export function pairReport(
  pair: Pair,
  counted: Counted,
  maps: MapSums | undefined,
  options: ScoreOptions,
): Report {
  const { width, height, depth } = pair.size
  const { partition, classes, all, pixels, voidLabels, mostlyVoid, objects, detections } = counted
  // Foreground is no category, and has no name but one that the caller gave.
  const found = options.binary ? new Map<number, string>() : pair.names
  const names = classNames(options.classes, found, pair.classZero)
  const split = options.components !== 'none' && pixels
  const labelOf = split && {
    groundTruth: split.segments.groundTruth.labelOf,
    prediction: split.segments.prediction.labelOf,
  }
  const { mi_loss, mi_loss_split, mi_loss_merge, ...families } = tableScores(
    { classes, partition, voidLabels, mostlyVoid, ...(labelOf && { labelOf }), ...(objects && { objects }) },
    options,
    names,
    millilitresOfVoxel(pair, options),
  )
  const { value, reasons } = settle({
    mi_loss,
    mi_loss_split,
    mi_loss_merge,
    width,
    height,
    ...(isVolume(pair.size) && { depth }),
    ...(pair.geometry && { geometry: shownGeometry(pair.geometry, pair.size) }),
    pixels: { total: all.total, counted: classes.total, ignored: all.total - classes.total },
    ground_truth: sideOf(pair.groundTruth, all.rowLabels, partition.rowLabels),
    prediction: sideOf(pair.prediction, all.columnLabels, partition.columnLabels),
    ...families,
    ...(pixels &&
      options.families.includes('boundary') && { boundary: boundaryScores(pixels, counted, options, names) }),
    ...(pixels &&
      options.families.includes('lesions') && { lesions: lesionBlock(pixels, counted, options, names) }),
    ...(detections && { detection: detectionBlock(detections, options) }),
    ...mapBlocks(maps, options, names, pair.size),
    ...(pixels &&
      options.include.includes('segments') && { segments: segmentScores(pixels, partition, options, names) }),
    ...(options.include.includes('contingency') && { contingency: triples(classes) }),
  })
  return {
    ...value,
    ...(options.checks.length > 0 && { checks: runChecks(options.checks, value) }),
    reasons,
    warnings: [
      ...pair.warnings,
      ...overlapWarnings(pair),
      ...(detections?.warnings ?? []),
      ...(value.boundary === null ? [tooManyForBoundary] : []),
      ...sideWarnings(pair, all, options),
      ...tableWarnings(classes, { ...options, voidLabels, listed: names.listed }),
    ],
    options: {
      ...options,
      boundary: { ...options.boundary, unit: unitOf(options, pair.size) },
      ...(found.size > 0 && { classes: Object.fromEntries(names.nameOf) }),
    },
  }
}

/** The unit of distances and tolerances. */
function unitOf({ boundary: { unit, spacing } }: ScoreOptions, size: Size): 'pixel' | 'voxel' | 'mm' {
  if (unit !== undefined) return unit
  if (spacing) return 'mm'
  return isVolume(size) ? 'voxel' : 'pixel'
}

const tooManyForBoundary: Warning = {
  code: 'BOUNDARY_LEFT_OUT',
  message:
    'The masks hold more labels than boundary scores are computed for unasked: name those to score in `boundary.labels`.',
}

const sideOf = (
  { format, encoding, sha256, polygonFill, crowd }: SideFacts,
  labels: ArrayLike<number>,
  segments: ArrayLike<number>,
) => ({
  format,
  encoding,
  labels: labels.length,
  segments: segments.length,
  sha256,
  ...(polygonFill && { polygon_fill: polygonFill }),
  ...(crowd && { crowd }),
})
