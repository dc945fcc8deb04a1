import { isVolume } from '../../labels/label-map.ts'
import { ExactSum } from '../../metrics/numbers/exact-sum.ts'
import { type Score, UndefinedScore, undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import { rmi } from '../../metrics/soft/rmi.ts'
import type { SoftPair, SoftSide } from '../../metrics/soft/soft-pair.ts'
import { refuseField } from '../../problems/refusal.ts'
import type { Size } from '../pair/size.ts'
import type { ScoreOptions } from '../request/options.ts'
import { maxClassRows } from './max-class-rows.ts'
import type { MapPair } from './soft-pair.ts'

export interface Rmi {
  readonly radius: number
  readonly pool: number
  readonly sum: Score
  readonly per_class: readonly Score[]
}

/**
 * Region mutual information of each class, over the whole image: windows have no holes, so pixels that are not counted
 * take part.
 * @throws Refusal INVALID_OPTIONS for a volume
 */
export function rmiScores({ pair }: MapPair, { radius, pool }: ScoreOptions['soft'], size: Size): Rmi {
  if (isVolume(size))
    throw refuseField(
      'INVALID_OPTIONS',
      '/options/include',
      'Region mutual information ("rmi") is for images.',
    )
  const { width, height } = size
  const values = pair.classes.map((_, index) =>
    rmi(
      { values: planeOf(pair, pair.groundTruth, index), width, height },
      { values: planeOf(pair, pair.prediction, index), width, height },
      { radius, pool },
    ),
  )
  return { radius, pool, sum: sumOf(values), per_class: values.slice(0, maxClassRows) }
}

function planeOf({ classes, keep }: SoftPair, side: SoftSide, index: number): Float64Array {
  if (side.kind === 'labels')
    return Float64Array.from(side.labels, (label) => (label === classes[index] ? 1 : 0))
  const plane = new Float64Array(keep.length)
  side.read(index, 0, keep.length, plane, 0)
  return plane
}

function sumOf(values: readonly Score[]): Score {
  const sum = new ExactSum()
  for (const value of values) {
    if (value instanceof UndefinedScore) return undefinedBecause(value.reason)
    sum.add(value)
  }
  return sum.value
}
