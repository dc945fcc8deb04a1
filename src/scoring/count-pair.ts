import { countMaps } from '../counting/count-maps.ts'
import { binarise } from '../labels/binarise.ts'
import { borderBand } from '../labels/border-band.ts'
import { connectedComponents } from '../labels/components.ts'
import type { LabelMap } from '../labels/label-map.ts'
import type { Limits } from '../labels/limits.ts'
import { dropLabels } from '../labels/mask-pixels.ts'
import type { ContingencyTable } from '../metrics/contingency-table.ts'
import type { PanopticSegments } from '../metrics/panoptic-quality.ts'
import { Refusal } from '../problems.ts'
import type { ScoreOptions } from './options.ts'
import type { Pair } from './read-pair.ts'
import { selectLabels } from './select-labels.ts'

/** Both masks counted: what every family of scores is computed from. */
export interface Counted {
  /** Labels as classes: overlap. */
  readonly classes: ContingencyTable
  /** What each side is cut into (components, when asked for; else the classes): information, pairs, regions, instances. */
  readonly partition: Partition
  /** The label maps and which of their pixels are counted, for scores that need places. */
  readonly maps: { groundTruth: LabelMap; prediction: LabelMap; keep?: Uint8Array }
  /** All pixels and labels, before any were dropped. */
  readonly all: ContingencyTable
  /** The single objects of two annotations, which labels do not tell apart. */
  readonly objects?: CountedObjects
}

export interface CountedObjects {
  readonly table: ContingencyTable
  readonly segments: PanopticSegments
}

export interface Partition {
  readonly table: ContingencyTable
  readonly groundTruth: Segmentation
  readonly prediction: Segmentation
}

/** One side's segments, and the label that each had in its file. */
export interface Segmentation {
  readonly map: LabelMap
  readonly labelOf: (segment: number) => number
}

/** Counts two masks of one size in the order of the contract: binary → borders → dropped labels → components. */
export function countPair(pair: Pair, options: ScoreOptions, limits: Limits): Counted {
  const read = (map: LabelMap) => (options.binary ? binarise(map) : map)
  const groundTruth = read(pair.groundTruth.map)
  const prediction = read(pair.prediction.map)
  const maxPairs = limits.maxLabelPairs
  const all = countMaps(groundTruth, prediction, { maxPairs })
  const band =
    options.border_tolerance === undefined ? undefined : borderBand(groundTruth, options.border_tolerance)
  const counted = band ? countMaps(groundTruth, prediction, { keep: band, maxPairs }) : all
  const selection = selectLabels(counted, options)
  const asIs = (map: LabelMap): Segmentation => ({ map, labelOf: (label) => label })
  const classes = selection.table
  if (!needsPlaces(options) && !hasObjects(pair, options)) {
    const partition = { table: classes, groundTruth: asIs(groundTruth), prediction: asIs(prediction) }
    return { classes, partition, maps: { groundTruth, prediction }, all }
  }
  const keep = band ?? new Uint8Array(groundTruth.labels.length).fill(1)
  dropLabels(keep, groundTruth, selection.dropsGroundTruth)
  dropLabels(keep, prediction, selection.dropsPrediction)
  const split = (side: 'ground_truth' | 'prediction', map: LabelMap): Segmentation => {
    if (options.components !== 'both' && options.components !== side) return asIs(map)
    const components = connectedComponents(map, { connectivity: connectivityOf(options, map), keep })
    return { map: components.map, labelOf: (segment) => components.labelOf[segment] }
  }
  const parts = {
    groundTruth: split('ground_truth', groundTruth),
    prediction: split('prediction', prediction),
  }
  const table =
    options.components === 'none'
      ? classes
      : countMaps(parts.groundTruth.map, parts.prediction.map, { keep, maxPairs })
  const objects = countObjects(pair, options, keep, maxPairs)
  return {
    classes,
    partition: { table, ...parts },
    maps: { groundTruth, prediction, keep },
    all,
    ...(objects && { objects }),
  }
}

/** Objects of both annotations on the counted pixels; undefined where a side is no annotation. */
function countObjects(
  { groundTruth, prediction }: Pair,
  options: ScoreOptions,
  keep: Uint8Array,
  maxPairs: number,
): CountedObjects | undefined {
  if (!options.families.includes('instances') || !groundTruth.objects || !prediction.objects) return undefined
  const truth = groundTruth.objects()
  const predicted = prediction.objects()
  const segments = {
    groundTruth: truth.segments,
    prediction: predicted.segments,
    unlabelled: truth.unlabelled,
  }
  return { table: countMaps(truth.map, predicted.map, { keep, maxPairs }), segments }
}

/** Whether a scoring asks where pixels are, and not only how many. */
export function needsPlaces(options: ScoreOptions): boolean {
  return (
    options.components !== 'none' ||
    options.border_tolerance !== undefined ||
    options.families.includes('boundary') ||
    options.include.includes('segments')
  )
}

const hasObjects = ({ groundTruth, prediction }: Pair, { families }: ScoreOptions): boolean =>
  families.includes('instances') && groundTruth.objects !== undefined && prediction.objects !== undefined

function connectivityOf({ connectivity }: ScoreOptions, map: LabelMap): 4 | 8 | 6 | 26 {
  const allowed = map.depth === 1 ? [8, 4] : [26, 6]
  if (connectivity === undefined) return allowed[0] as 8 | 26
  if (allowed.includes(connectivity)) return connectivity
  const message = `a ${map.depth === 1 ? 'image has 4 or 8' : 'volume has 6 or 26'} neighbours, not ${connectivity}`
  throw new Refusal('INVALID_OPTIONS', message, [
    { pointer: '/options/connectivity', code: 'INVALID_OPTIONS', message },
  ])
}
