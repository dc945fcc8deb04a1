import type { JsonNode } from '../../json/json-node.ts'

/** The id that a node is, or that the object there has; null when it is none. Safe to stand in an address. */
export function idOf(node: JsonNode): number | null {
  const { value } = node.isObject ? node.field('id') : node
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}
