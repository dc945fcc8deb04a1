import type { JsonNode } from '../../json/json-node.ts'
import type { Budget } from '../budget.ts'

/** Far outside of any image that is read, yet small enough that no arithmetic on it loses a bit. */
const maxCoordinate = 2 ** 20

/** `[x0, y0, x1, y1, …]`: at least three vertices, all near the image. */
export function readFlatRing(node: JsonNode, budget: Budget): Float64Array {
  const values = node.array()
  if (values.length % 2) throw node.refuse('holds an odd number of coordinates')
  budget.vertices(values.length / 2, node.pointer)
  return checkRing(Float64Array.from(node.numbers()), node)
}

/** `[[x0, y0], [x1, y1], …]` or `[{x, y}, …]`. */
export function readPairRing(node: JsonNode, budget: Budget): Float64Array {
  const { length } = node
  budget.vertices(length, node.pointer)
  const ring = new Float64Array(2 * length)
  for (let vertex = 0; vertex < length; vertex++) {
    const point = node.item(vertex)
    ring[2 * vertex] = (point.isArray ? point.item(0) : point.field('x')).number()
    ring[2 * vertex + 1] = (point.isArray ? point.item(1) : point.field('y')).number()
  }
  return checkRing(ring, node)
}

/**
 * Returns the ring.
 * @throws Refusal INVALID_ANNOTATION for fewer than three vertices, and for a coordinate far outside of any image
 */
export function checkRing(ring: Float64Array, node: JsonNode): Float64Array {
  if (ring.length < 6) throw node.refuse('has fewer than three vertices')
  for (const coordinate of ring)
    if (!(Math.abs(coordinate) <= maxCoordinate))
      throw node.refuse(
        Number.isFinite(coordinate)
          ? `has the coordinate ${coordinate}, far outside of any image`
          : 'has a coordinate far outside of any image',
      )
  return ring
}
