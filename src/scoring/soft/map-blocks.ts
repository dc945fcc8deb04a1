import { mapFamilies } from '../../metrics/families.ts'
import { undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import type { Counted } from '../pair/count-pair.ts'
import type { Pair } from '../pair/pair.ts'
import type { ClassNames } from '../request/class-list.ts'
import type { ScoreOptions } from '../request/options.ts'
import { calibrationBins, calibrationBlock } from './calibration-block.ts'
import { softBlock } from './soft-block.ts'
import { softPair } from './soft-pair.ts'
import { sumMaps } from './sum-maps.ts'
import { thresholdsBlock } from './thresholds-block.ts'

/** The blocks of probability maps that were asked for; undefined scores where neither side is a map. */
export function mapBlocks(pair: Pair, counted: Counted, options: ScoreOptions, names: ClassNames) {
  const has = (family: (typeof mapFamilies)[number]) => options.families.includes(family)
  if (!mapFamilies.some(has)) return {}
  const maps = softPair(pair, counted, options)
  const none = undefinedBecause('no_probabilities')
  return {
    ...(has('soft') && { soft: maps ? softBlock(sumMaps(maps, options), options, names, pair.size) : none }),
    ...(has('calibration') && {
      calibration: maps ? calibrationBlock(maps, calibrationBins(maps, options)) : none,
    }),
    ...(has('thresholds') && { thresholds: maps ? thresholdsBlock(maps, options, names) : none }),
  }
}
