import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageSize } from '../../image-size.ts'

/** One row of a result: where its geometry and label are. */
export interface LabelStudioRow {
  readonly id: string
  readonly node: JsonNode
  readonly value: JsonNode
  readonly type: string
  readonly size: ImageSize | undefined
}
