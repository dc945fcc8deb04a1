import type { JsonNode } from '../../json/json-node.ts'
import { placeOfShapes } from '../holds-shapes.ts'
import type { ReadContext } from './read-context.ts'

/**
 * Warns of what looks like a region in an object of which the reader has only looked through the members `known`: writers
 * of other versions may put regions elsewhere, and nobody would miss them.
 */
export function warnOfOtherPlaces(node: JsonNode, known: readonly string[], { warn }: ReadContext): void {
  const place = node.isObject ? placeOfShapes(node, known) : undefined
  if (place !== undefined)
    warn('SHAPES_ELSEWHERE', `${place} looks like a region, where this format has none: it was not read.`)
}
