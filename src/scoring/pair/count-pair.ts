import { countMaps } from '../../counting/count-maps.ts'
import { binarise } from '../../labels/binarise.ts'
import { borderBand } from '../../labels/border-band.ts'
import type { LabelMap } from '../../labels/label-map.ts'
import type { Limits } from '../../limits.ts'
import { type ContingencyTable, relabelTable } from '../../metrics/table/contingency-table.ts'
import { refuseField } from '../../problems/refusal.ts'
import type { ScoreOptions } from '../request/options.ts'
import { countSegments, type KeptPixels, keptPixels } from './kept-pixels.ts'
import { needsPixels } from './needs-pixels.ts'
import { type ObjectCounts, objectCounts } from './object-counts.ts'
import type { Pair } from './pair.ts'
import { selectLabels } from './select-labels.ts'

/** Both masks counted: what every family of scores is computed from. */
export interface Counted {
  /** All pixels and labels, before any were dropped. */
  readonly all: ContingencyTable
  /** Labels as classes, for overlap. */
  readonly classes: ContingencyTable
  /** Segments, which are components where `components` asks for them, else the classes: information, pairs, regions, instances. */
  readonly partition: ContingencyTable
  /** The masks behind the counts; always there when the options need pixels. */
  readonly pixels?: KeptPixels
  /** The single objects of two annotations, which labels do not tell apart. */
  readonly objects?: ObjectCounts
}

const foreground = (label: number) => (label === 0 ? 0 : 1)

/** Counts two masks of one size in the order of the contract: binary → borders → dropped labels → components. */
export function countPair(pair: Pair, options: ScoreOptions, limits: Limits): Counted {
  const { content } = pair
  const drops = {
    ...options,
    ignore_labels: [...(options.ignore_labels ?? []), ...(pair.groundTruth.ignored ?? [])],
    ignore_prediction_labels: [...options.ignore_prediction_labels, ...(pair.prediction.ignored ?? [])],
  }
  if (content.kind === 'table') {
    const all = options.binary ? relabelTable(content.table, foreground, foreground) : content.table
    refuseTooManyLabels(all, limits)
    const { table } = selectLabels(all, drops)
    return { all, classes: table, partition: table }
  }
  const read = (map: LabelMap) => (options.binary ? binarise(map) : map)
  const maps = { groundTruth: read(content.groundTruth), prediction: read(content.prediction) }
  const count = (keep?: Uint8Array) =>
    countMaps(maps.groundTruth, maps.prediction, { maxPairs: limits.maxLabelPairs, ...(keep && { keep }) })
  const all = count()
  refuseTooManyLabels(all, limits)
  const band =
    options.border_tolerance === undefined
      ? undefined
      : borderBand(maps.groundTruth, options.border_tolerance)
  const selection = selectLabels(band ? count(band) : all, drops)
  const classes = selection.table
  const hasObjects =
    options.families.includes('instances') && pair.groundTruth.objects && pair.prediction.objects
  if (!needsPixels(options) && !hasObjects) return { all, classes, partition: classes }
  const pixels = keptPixels(maps, options, selection, limits, band)
  const objects = hasObjects && objectCounts(pair, pixels.keep, limits)
  return {
    all,
    classes,
    partition: options.components === 'none' ? classes : countSegments(pixels, limits),
    pixels,
    ...(objects && { objects }),
  }
}

function refuseTooManyLabels(table: ContingencyTable, { maxLabels }: Limits): void {
  for (const [pointer, { length }] of [
    ['/ground_truth', table.rowLabels],
    ['/prediction', table.columnLabels],
  ] as const)
    if (length > maxLabels)
      throw refuseField(
        'TOO_MANY_LABELS',
        pointer,
        `The mask holds ${length} labels; the limit is ${maxLabels}.`,
      )
}
