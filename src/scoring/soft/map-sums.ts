import type { CalibrationBins } from '../../metrics/calibration/calibration-bins.ts'
import { mapFamilies } from '../../metrics/families.ts'
import type { UndefinedScore } from '../../metrics/numbers/undefined-score.ts'
import type { Counted } from '../pair/count-pair.ts'
import type { Pair } from '../pair/pair.ts'
import type { ScoreOptions } from '../request/options.ts'
import { calibrationBins } from './calibration-block.ts'
import { type ClassSweeps, classSweeps } from './class-sweeps.ts'
import { type MapPair, softPair } from './soft-pair.ts'
import { type SummedMaps, sumMaps } from './sum-maps.ts'

/** What the scores of a pair with probability maps are computed from, for each family that was asked for. */
export interface MapSums {
  readonly maps: MapPair
  readonly soft?: SummedMaps
  readonly calibration?: CalibrationBins | UndefinedScore
  readonly thresholds?: ClassSweeps | UndefinedScore
}

/** Sums up a pair; undefined where neither side is a map, or no family of maps is asked for. */
export function mapSums(pair: Pair, counted: Counted, options: ScoreOptions): MapSums | undefined {
  const has = (family: (typeof mapFamilies)[number]) => options.families.includes(family)
  const maps = mapFamilies.some(has) ? softPair(pair, counted, options) : undefined
  return (
    maps && {
      maps,
      ...(has('soft') && { soft: sumMaps(maps, options) }),
      ...(has('calibration') && { calibration: calibrationBins(maps, options) }),
      ...(has('thresholds') && { thresholds: classSweeps(maps) }),
    }
  )
}
