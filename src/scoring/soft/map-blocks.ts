import type { mapFamilies } from '../../metrics/families.ts'
import { undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import type { Size } from '../pair/size.ts'
import type { ClassNames } from '../request/class-list.ts'
import type { ScoreOptions } from '../request/options.ts'
import { calibrationBlock } from './calibration-block.ts'
import type { MapSums } from './map-sums.ts'
import { softBlock } from './soft-block.ts'
import { thresholdsBlock } from './thresholds-block.ts'

const none = undefinedBecause('no_probabilities')

/** The blocks of probability maps that were asked for; undefined scores where neither side is a map. */
export function mapBlocks(sums: MapSums | undefined, options: ScoreOptions, names: ClassNames, size: Size) {
  const has = (family: (typeof mapFamilies)[number]) => options.families.includes(family)
  return {
    ...(has('soft') && { soft: sums?.soft ? softBlock(sums.soft, options, names, size) : none }),
    ...(has('calibration') && {
      calibration: sums?.calibration ? calibrationBlock(sums.maps, sums.calibration) : none,
    }),
    ...(has('thresholds') && {
      thresholds: sums?.thresholds ? thresholdsBlock(sums.thresholds, options, names) : none,
    }),
  }
}
