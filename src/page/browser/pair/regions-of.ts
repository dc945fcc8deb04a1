import { readLosses, readPlanes } from '../masks/npy.ts'
import { RegionTiles } from '../masks/region-tiles.ts'
import type { RegionMasks } from '../masks/shown-masks.ts'
import type { Match, PairSource } from './pair-source.ts'

/** The masks of a pair that are too large to be held: what is seen of them is read region by region. */
export function regionsOf(
  source: Pick<PairSource, 'planes'>,
  { width, height }: { readonly width: number; readonly height: number },
  match: Match,
): RegionMasks {
  const regions = new RegionTiles(
    { width, height },
    {
      labels: async (region, signal) => {
        const names = ['ground_truth', 'prediction', 'difference']
        const { planes } = readPlanes(await source.planes(names, match, signal, region))
        const [groundTruth, prediction, codes] = planes
        return { groundTruth, prediction, codes }
      },
      loss: async (region, signal) => readLosses(await source.planes(['loss'], match, signal, region)),
    },
  )
  return { width, height, regions }
}
