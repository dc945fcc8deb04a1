import { boundingBoxes } from '../../labels/bounding-boxes.ts'
import { connectedComponents } from '../../labels/components.ts'
import { type DifferenceName, difference } from '../../labels/difference.ts'
import type { ScoringContext } from '../../scoring/context.ts'
import { overlayOptionsSchema, overlayPair } from '../../scoring/overlay.ts'
import type { PairInput } from '../../scoring/pair/pair.ts'
import { parsePairOptions } from '../../scoring/request/parse-options.ts'
import type { Finding } from './job-scores.ts'

/** Smaller ones are the trembling of a hand along a border. */
const minPixels = 16

const overlayOptions = parsePairOptions(overlayOptionsSchema, { match: 'names' })

/** The largest connected region in which two masks differ in one way; undefined when there is none worth a look. */
export async function findDifference(
  masks: PairInput,
  context: ScoringContext,
): Promise<Omit<Finding, 'frame'> | undefined> {
  const { groundTruth, codes } = (await overlayPair(masks, overlayOptions, context)).overlay
  const keep = codes.map((code) => (code === difference.agreement ? 0 : 1))
  const { map, labelOf, count } = connectedComponents(
    { ...groundTruth, labels: codes },
    { connectivity: 8, keep },
  )
  const pixels = new Uint32Array(count + 1)
  for (const component of map.labels) if (component > 0) pixels[component]++
  let largest = 0
  for (let component = 1; component <= count; component++)
    if (pixels[component] > pixels[largest]) largest = component
  if (pixels[largest] < minPixels) return undefined
  const kind = (['missing', 'extra', 'confused'] as const satisfies DifferenceName[]).find(
    (name) => difference[name] === labelOf[largest],
  )
  const bbox = boundingBoxes(map, keep).get(largest)
  return kind && bbox && { kind, pixels: pixels[largest], bbox: [...bbox] }
}
