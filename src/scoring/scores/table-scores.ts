import { information } from '../../metrics/information/information.ts'
import { miLoss } from '../../metrics/information/mi-loss.ts'
import { overlap } from '../../metrics/overlap/overlap.ts'
import { pairs } from '../../metrics/pairs/pairs.ts'
import { regions } from '../../metrics/regions/regions.ts'
import type { ContingencyTable } from '../../metrics/table/contingency-table.ts'
import { type ClassNames, named } from '../request/class-list.ts'
import type { TableOptions } from '../request/options.ts'
import { groupOverlaps } from './group-rows.ts'
import { instanceScores } from './instance-scores.ts'
import type { Tables } from './tables.ts'

/**
 * The loss, and the requested families that are computed from tables alone.
 * @param millilitres of one voxel, where they are known: rows of classes then have volumes
 */
export function tableScores(tables: Tables, options: TableOptions, names: ClassNames, millilitres?: number) {
  const { partition } = tables
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
    ...(hasFamily('overlap') && {
      overlap: overlapScores(tables, options, names, millilitres),
    }),
    ...(hasFamily('regions') && { regions: regions(partition) }),
    ...(hasFamily('instances') && { instances: instanceScores(tables, options, names) }),
  }
}

function overlapScores(
  { classes, voidLabels }: Tables,
  { beta, include, groups }: TableOptions,
  names: ClassNames,
  pixelVolume: number | undefined,
) {
  const extras = { beta, classRates: include.includes('class_rates'), pixelVolume }
  const scores = overlap(classes, { voidLabels, classes: names.listed, ...extras })
  const { worst } = scores
  return {
    ...scores,
    worst: 'label' in worst ? named(worst, names) : worst,
    per_class: scores.per_class.map((row) => named(row, names)),
    ...(groups && { per_group: groupOverlaps(classes, groups, extras) }),
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
