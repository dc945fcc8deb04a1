import { readFileSync } from 'node:fs'
import { splitDocument } from '../../src/annotations/splitting/split-document.ts'
import { defaultLimits } from '../../src/limits.ts'
import { detectionScores } from '../../src/metrics/detection/detection-scores.ts'
import { DetectionTally } from '../../src/metrics/detection/detection-tally.ts'
import { openPair } from '../../src/scoring/pair/open-pair.ts'
import { pairDetections } from '../../src/scoring/pair/pair-detections.ts'
import { parseScoreOptions } from '../../src/scoring/request/parse-options.ts'
import type { Evaluated } from '../detection.ts'

/** Overlaps, matches and scores of a dataset whose masks are read: what pycocotools does between reading and answering. */
const [groundTruth, results] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')))
const truths = splitDocument(groundTruth)
if (!truths) throw new Error('the ground truth is no dataset')
const predictions = [...(splitDocument(results, truths.dataset)?.images ?? [])]
const options = parseScoreOptions({ families: ['detection'] })
const context = { limits: defaultLimits, pngDecoder: 'auto' } as const
const file = ({ text }: { readonly text: string }) =>
  ({ kind: 'file', bytes: new TextEncoder().encode(text) }) as const

const seconds = { 'IoU and match': 0, accumulate: 0 }
function taking<T>(stage: keyof typeof seconds, work: () => T): T {
  const before = process.threadCpuUsage()
  const value = work()
  const { user, system } = process.threadCpuUsage(before)
  seconds[stage] += (user + system) / 1e6
  return value
}

/** So many images are read before the clock runs, which takes time itself. */
const atOnce = 50
const tally = new DetectionTally()
const images = [...truths.images]
for (let first = 0; first < images.length; first += atOnce) {
  const pairs = await Promise.all(
    images.slice(first, first + atOnce).map(async (truth, k) => {
      const masks = { groundTruth: file(truth), prediction: file(predictions[first + k]) }
      const pair = await openPair(masks, options, context)
      // The masks are read as run lengths before the clock runs, as those of the others are.
      for (const side of [pair.groundTruth, pair.prediction]) side.detection?.runs()
      return pair
    }),
  )
  const found = taking('IoU and match', () => pairs.map((pair) => pairDetections(pair, options)))
  found.forEach(({ imageId: id, matches }, k) => {
    tally.add({ index: first + k, ...(id !== undefined && { id }) }, matches)
  })
}
const { thresholds, max_detections: maxDetections } = options.detection
const found = taking('accumulate', () => detectionScores(tally, { thresholds, maxDetections }))
const scores = Object.fromEntries(
  Object.entries(found).flatMap(([name, score]) => (typeof score === 'number' ? [[name, score]] : [])),
)
process.stdout.write(JSON.stringify({ scores, seconds, peak_mb: 0 } satisfies Evaluated))
