import { type UndefinedScore, undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import { lossGradient } from '../../metrics/soft/loss-gradient.ts'
import { softOverlap } from '../../metrics/soft/soft-overlap.ts'
import { softScores } from '../../metrics/soft/soft-scores.ts'
import type { Size } from '../pair/size.ts'
import { type ClassNames, named } from '../request/class-list.ts'
import type { ScoreOptions } from '../request/options.ts'
import { maxClassRows } from './max-class-rows.ts'
import { rmiScores } from './rmi-scores.ts'
import type { SummedMaps } from './sum-maps.ts'

/** Tables of more classes are not listed. */
const maxListedClasses = 64

/** The block `soft` of a report. */
export function softBlock(summed: SummedMaps, options: ScoreOptions, names: ClassNames, size: Size) {
  const { maps, sums, coupling, withoutTable } = summed
  const { classes } = maps.pair
  const isListed = classes.length <= maxListedClasses && !withoutTable && sums.pixels > 0
  const rows = softOverlap(sums, classes)
  const left = rows.length - maxClassRows
  return {
    classes: classes.length,
    coupling,
    ...softScores(sums, classes, {
      logBase: options.log_base,
      coupling,
      isTruthSoft: maps.isTruthSoft,
      withoutTable,
    }),
    ...(isListed && { table: rowsOf(normalised(sums.table), classes.length) }),
    ...(isListed && coupling !== 'maximal' && gradient(sums.table, classes.length, options.soft.epsilon)),
    per_class: rows.slice(0, maxClassRows).map((row) => named(row, names)),
    ...(left > 0 && { truncated: left }),
    ...(options.include.includes('rmi') && { rmi: rmiScores(maps, options.soft, size) }),
  }
}

function normalised(table: Float64Array): Float64Array {
  const total = table.reduce((sum, cell) => sum + cell, 0)
  return table.map((cell) => cell / total)
}

const rowsOf = (table: Float64Array, classes: number): number[][] =>
  Array.from({ length: classes }, (_, x) => [...table.subarray(x * classes, (x + 1) * classes)])

interface GradientTable {
  /** ∂ mi_loss / ∂ P, a row for each true class; none for a class that the ground truth has not. */
  readonly gradient_table: readonly (readonly number[] | UndefinedScore)[] | UndefinedScore
  /** Empty cells that stood at `epsilon`. */
  readonly clipped: number
}

function gradient(table: Float64Array, classes: number, epsilon: number): GradientTable {
  const found = lossGradient(table, classes, epsilon)
  if (!found) return { gradient_table: undefinedBecause('zero_denominator'), clipped: 0 }
  const absent = undefinedBecause('empty_ground_truth')
  return {
    gradient_table: rowsOf(found.table, classes).map((row) => (Number.isNaN(row[0]) ? absent : row)),
    clipped: found.clipped,
  }
}
