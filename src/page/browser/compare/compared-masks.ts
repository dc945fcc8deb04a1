import type { RunPair } from '../api/comparison.ts'
import { itemOf, planesOfItem } from '../api/evaluations.ts'
import { changeCodes } from '../masks/change-codes.ts'
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
}

/** The masks of an image in both runs; of very large ones those that are seen, when they are. Throws as `ask` does. */
export async function loadMasks(runs: RunPair, item: number, signal: AbortSignal): Promise<ComparedMasks> {
  const size = sizeOfItem(await itemOf(runs.b, item, signal))
  if (size && !isHeld(size)) {
    const [a, b] = [runs.a, runs.b].map(
      (id) => (region: Region, stop: AbortSignal) => labelsOf(id, item, stop, region),
    )
    const changed = async (region: Region, stop: AbortSignal) =>
      changedLabels(...(await Promise.all([a(region, stop), b(region, stop)])))
    const shown = (labels: typeof a) => ({
      ...size,
      regions: new RegionTiles(size, { labels, loss: noLoss }),
    })
    return { item, a: shown(a), b: shown(b), changed: shown(changed) }
  }
  const held = async (id: string) => ({ ...(await labelsOf(id, item, signal)), lossPlane: new Uint8Array() })
  const [a, b] = await Promise.all([held(runs.a), held(runs.b)])
  return { item, a, b, changed: { ...b, ...changedLabels(a, b) } }
}

type Labels = Awaited<ReturnType<typeof labelsOf>>

/** Labels of an item, and where they differ as the service matches them there. */
async function labelsOf(id: string, item: number, signal: AbortSignal, region?: Region) {
  const how = { planes: 'ground_truth,prediction,difference', region }
  const { width, height, planes } = readPlanes(await planesOfItem(id, item, how, signal))
  const [groundTruth, prediction, codes] = planes
  return { width, height, groundTruth, prediction, codes }
}

const changedLabels = (a: Labels, b: Labels): Labels => ({ ...b, codes: changeCodes(a.codes, b.codes) })

/** This screen has no layer of the loss. */
const noLoss = () => Promise.reject(new Error('two runs have no loss in common'))
