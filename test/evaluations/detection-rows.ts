import type { ItemRow } from '../../src/evaluations/rows/item-row.ts'
import { optionsOfRows, rowOfPair } from '../../src/evaluations/rows/row-of-pair.ts'
import { defaultLimits } from '../../src/limits.ts'
import { parseScoreOptions } from '../../src/scoring/request/parse-options.ts'
import { scorePair } from '../../src/scoring/score.ts'
import { type DetectionCase, detectionCases } from '../metrics/detection/golden-detections.ts'

export function caseOf(name: string): DetectionCase {
  const found = detectionCases.find((golden) => golden.name === name)
  if (!found) throw new Error(`there is no case ${name}`)
  return found
}

/** The rows of a case as they are read back from a file. */
export async function detectionRows({
  ground_truth: truth,
  results,
  iou_type,
}: Pick<DetectionCase, 'ground_truth' | 'results' | 'iou_type'>): Promise<ItemRow[]> {
  const file = (document: unknown) =>
    ({ kind: 'file', bytes: new TextEncoder().encode(JSON.stringify(document)) }) as const
  const context = { limits: defaultLimits, pngDecoder: 'auto' } as const
  // By key, as in a manifest: not in the order of the ids.
  const images = [...truth.images].sort((a, b) => (`${a.id}` < `${b.id}` ? -1 : 1))
  return Promise.all(
    images.map(async ({ id, width, height }, index) => {
      const options = optionsOfRows(
        parseScoreOptions({
          families: ['detection'],
          detection: { iou: iou_type },
          ground_truth: { image: id },
          prediction: { image: id, width, height },
        }),
      )
      const pair = { groundTruth: file(truth), prediction: file(results) }
      const { row } = rowOfPair(await scorePair(pair, options, context), { options, labels: 'classes' })
      return JSON.parse(JSON.stringify({ index, key: `${id}`, status: 'scored', ...row })) as ItemRow
    }),
  )
}
