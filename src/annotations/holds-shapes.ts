import { JsonNode } from '../json/json-node.ts'

/** Members that hold the geometry of a region in one format or another. */
const geometry =
  /^(?:all_points_[xy]|bbox|bit_?mask|bitmap|bndbox|bounding_?box|coordinates|counts|ellipse|exterior|geometry|mask|paths?|points?|poly|polygons?|polyline|rings?|rle|segmentation|vertices|xs?)$/i

/** XML elements and attributes of that kind. */
const xmlGeometry =
  /<(?:bndbox|box|ellipse|mask|points?|polygon|pt|region|segmentation|shape)[\s>]|\spoints="/i

/** How many objects are looked at. */
const maxLooked = 100_000

/** Whether a document, of whatever format, holds something that is drawn. Numbers within long lists are not looked at. */
export function holdsShapes(data: unknown): boolean {
  if (typeof data === 'string') return xmlGeometry.test(data)
  return placeOfShapes(new JsonNode(data)) !== undefined
}

/** Where in a value the first geometry stands, without the members of its top level that `known` lists. */
export function placeOfShapes(node: JsonNode, known: readonly string[] = []): string | undefined {
  const waiting = [node]
  for (let next = 0; next < waiting.length && next < maxLooked; next++) {
    const { value } = waiting[next]
    if (typeof value !== 'object' || value === null) continue
    for (const key of Object.keys(value)) {
      if (next === 0 && known.includes(key)) continue
      const member = waiting[next].field(key)
      if (typeof member.value !== 'object' || member.value === null) continue
      if (!Array.isArray(value) && geometry.test(key)) return member.pointer
      // Of a list of numbers one tells what the others are.
      if (!Array.isArray(member.value) || typeof member.value[0] !== 'number') waiting.push(member)
    }
  }
  return undefined
}
