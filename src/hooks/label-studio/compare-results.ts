import type { JsonNode } from '../../json/json-node.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { ScoringContext } from '../../scoring/context.ts'
import type { MaskInput } from '../../scoring/request/mask-input.ts'
import { type Comparison, compare } from '../comparison.ts'

/**
 * Scores the regions of one annotation (or prediction) against those of another. One that has none is an empty
 * mask of the other's size: nothing drawn is a result too. Refuses when neither tells the image's size.
 */
export function compareResults(
  groundTruth: JsonNode,
  prediction: JsonNode,
  context: ScoringContext,
): Promise<Comparison> {
  const truth = groundTruth.field('result')
  const drawn = prediction.field('result')
  const size = sizeOf(truth) ?? sizeOf(drawn)
  if (!size) throw new Refusal('INVALID_ANNOTATION', 'Neither annotation has a region.')
  return compare(maskOf(truth, size), maskOf(drawn, size), context)
}

type Size = Readonly<Record<'width' | 'height', unknown>>

function maskOf(result: JsonNode, size: Size): MaskInput {
  const document = { data: result.value, ...(!sizeOf(result) && size) }
  return { kind: 'annotation', format: 'label_studio', document: { format: 'label_studio', ...document } }
}

/** What the first region says; whether it is one is for the reader to check. */
function sizeOf(result: JsonNode): Size | undefined {
  for (const row of result.items()) {
    const [width, height] = [row.field('original_width'), row.field('original_height')]
    if (width.exists && height.exists) return { width: width.value, height: height.value }
  }
  return undefined
}
