import { changeMap } from '../../../labels/change.ts'
import type { RunPair } from '../api/comparison.ts'
import { itemOf, pixelsOfItem, planesOfItem } from '../api/evaluations.ts'
import { type ChangePixels, changePixels } from '../masks/difference-pixels.ts'
import { isHeld } from '../masks/held-masks.ts'
import { readPlanes } from '../masks/npy.ts'
import type { Region } from '../masks/region-grid.ts'
import { RegionTiles } from '../masks/region-tiles.ts'
import type { ShownMasks } from '../masks/shown-masks.ts'
import { sizeOfItem } from '../runs/row-facts.ts'

/** One image in both runs. */
export interface ComparedMasks {
  readonly item: number
  readonly a: ShownMasks
  readonly b: ShownMasks
  /** Those of B, with what changed in the place of the difference. */
  readonly changed: ShownMasks
  /** How many pixels changed in which way. */
  readonly pixels: (signal: AbortSignal) => ChangePixels | Promise<ChangePixels>
}

/** The masks of an image in both runs; of very large ones those that are seen, when they are. Throws as `ask` does. */
export async function loadMasks(runs: RunPair, item: number, signal: AbortSignal): Promise<ComparedMasks> {
  const changed: Codes = { planes: 'change', with: runs.a }
  const size = sizeOfItem(await itemOf(runs.b, item, signal))
  if (size && !isHeld(size)) {
    const shown = (id: string, how: Codes) => {
      const labels = (region: Region, stop: AbortSignal) => labelsOf(id, item, { ...how, region }, stop)
      return { ...size, regions: new RegionTiles(size, { labels, loss: noLoss }) }
    }
    return {
      item,
      a: shown(runs.a, difference),
      b: shown(runs.b, difference),
      // A block of pixels is told by the service: it alone sees which pixels of it are wrong in which run.
      changed: shown(runs.b, changed),
      pixels: (stop) => pixelsOfItem(runs.b, item, changed, stop),
    }
  }
  const held = async (id: string) => ({
    ...(await labelsOf(id, item, difference, signal)),
    lossPlane: new Uint8Array(),
  })
  const [a, b] = await Promise.all([held(runs.a), held(runs.b)])
  const codes = changeMap(a.codes, b.codes)
  return { item, a, b, changed: { ...b, codes }, pixels: () => changePixels(codes) }
}

/** Which codes lie beside the labels. */
interface Codes {
  readonly planes: string
  readonly with?: string
}
const difference: Codes = { planes: 'difference' }

/** Labels of an item, and codes of each pixel: where they differ as the service matches them, or what changed. */
async function labelsOf(
  id: string,
  item: number,
  { planes: codesName, ...how }: Codes & { readonly region?: Region },
  signal: AbortSignal,
) {
  const planesAsked = `ground_truth,prediction,${codesName}`
  const { width, height, planes } = readPlanes(
    await planesOfItem(id, item, { ...how, planes: planesAsked }, signal),
  )
  const [groundTruth, prediction, codes] = planes
  return { width, height, groundTruth, prediction, codes }
}

/** This screen has no layer of the loss. */
const noLoss = () => Promise.reject(new Error('two runs have no loss in common'))
