import type { JsonNode } from '../../../json/json-node.ts'

/** A region of VIA, whatever its version and file. */
export interface ViaRegion {
  /** Where it is. */
  readonly node: JsonNode
  /** `shape_attributes`, or the list of numbers of version 3. */
  readonly shape: JsonNode
  /** Its attributes by name. */
  readonly attributes: JsonNode
}

/** An image, and what was drawn in it. */
export interface ViaImage {
  /** The name of its file, then the key that VIA knows it by. */
  readonly names: readonly unknown[]
  readonly regions: readonly ViaRegion[]
}
