import { information } from '../../metrics/information/information.ts'
import { miLoss } from '../../metrics/information/mi-loss.ts'
import { instances } from '../../metrics/instances/instances.ts'
import { panopticQuality } from '../../metrics/instances/panoptic-quality.ts'
import { overlap } from '../../metrics/overlap/overlap.ts'
import { pairs } from '../../metrics/pairs/pairs.ts'
import { regions } from '../../metrics/regions/regions.ts'
import { type ContingencyTable, relabelTable } from '../../metrics/table/contingency-table.ts'
import type { ObjectCounts } from '../pair/object-counts.ts'
import { type ClassNames, named } from '../request/class-list.ts'
import type { TableOptions } from '../request/options.ts'

/** Two tables of the same pixels: labels as classes, and as the segments that each side is cut into. */
export interface Tables {
  readonly classes: ContingencyTable
  readonly partition: ContingencyTable
  /** The file's label of a segment, by side; the identity unless labels were split into components. */
  readonly labelOf?: {
    readonly groundTruth: (segment: number) => number
    readonly prediction: (segment: number) => number
  }
  /** Objects of two annotations; `instances` is computed from them where they are given. */
  readonly objects?: ObjectCounts
}

/** The loss, and the requested families that are computed from tables alone. */
export function tableScores(
  { classes, partition, labelOf, objects }: Tables,
  options: TableOptions,
  names: ClassNames,
) {
  const hasFamily = (family: TableOptions['families'][number]) => options.families.includes(family)
  const hasExtra = (extra: TableOptions['include'][number]) => options.include.includes(extra)
  return {
    ...miLoss(partition),
    ...(hasFamily('information') && {
      information: information(partition, {
        logBase: options.log_base,
        beta: options.beta,
        ami: hasExtra('ami'),
        millerMadow: hasExtra('miller_madow'),
      }),
    }),
    ...(hasFamily('pairs') && { pairs: pairs(partition) }),
    ...(hasFamily('overlap') && { overlap: overlapScores(classes, names, options.beta) }),
    ...(hasFamily('regions') && { regions: regions(partition) }),
    ...(hasFamily('instances') && {
      instances: objects
        ? annotatedObjectScores(objects, options, names)
        : segmentObjectScores(partition, labelOf, options),
    }),
  }
}

function overlapScores(classes: ContingencyTable, names: ClassNames, beta: number | undefined) {
  const scores = overlap(classes, { classes: names.listed, beta })
  const { worst } = scores
  return {
    ...scores,
    worst: 'label' in worst ? named(worst, names) : worst,
    per_class: scores.per_class.map((row) => named(row, names)),
  }
}

/** No file has this label: all segments of the background are merged into it. */
const backgroundSegment = Number.MIN_SAFE_INTEGER

function segmentObjectScores(
  partition: ContingencyTable,
  labelOf: Tables['labelOf'],
  { background, instances: { thresholds } }: TableOptions,
) {
  if (!labelOf || background === null) return instances(partition, { background, thresholds })
  const merged = relabelTable(
    partition,
    (segment) => (labelOf.groundTruth(segment) === background ? backgroundSegment : segment),
    (segment) => (labelOf.prediction(segment) === background ? backgroundSegment : segment),
  )
  return { ...instances(merged, { background: backgroundSegment, thresholds }), background }
}

/** Scores of the objects as they were annotated; panoptic quality then matches objects of one category only. */
function annotatedObjectScores(
  { table, segments }: ObjectCounts,
  { background, instances: { thresholds } }: TableOptions,
  names: ClassNames,
) {
  const { per_category, ...panoptic } = panopticQuality(table, segments)
  return {
    ...instances(table, { background: 0, thresholds }),
    background,
    panoptic: {
      ...panoptic,
      per_category: per_category.map(({ category: label, ...row }) => named({ label, ...row }, names)),
    },
  }
}

/** The sparse table as `[ground truth, prediction, pixels]`. */
export function triples(table: ContingencyTable): [number, number, number][] {
  return Array.from(table.counts, (n, k) => [
    table.rowLabels[table.rows[k]],
    table.columnLabels[table.columns[k]],
    n,
  ])
}
