import { JsonNode } from '../../../json/json-node.ts'
import type { ReadContext } from '../../reading/read-context.ts'
import type { CvatShape } from './shape.ts'

/**
 * The shapes that tracks show in a frame: the last key frame up to it, unless it is marked as outside.
 * Rectangles and ellipses between two key frames are interpolated linearly as CVAT does; of other shapes the
 * last key frame stands, with a warning where CVAT would have moved the vertices of a polygon.
 */
export function trackShapes(
  tracks: JsonNode,
  frame: number,
  shapeOf: (shape: JsonNode, track: JsonNode) => CvatShape,
  { warn }: ReadContext,
): CvatShape[] {
  const shown: CvatShape[] = []
  for (const track of tracks.items()) {
    const keys = [...track.field('shapes').items()].map((node) => ({
      node,
      frame: node.field('frame').integer(0),
    }))
    keys.sort((a, b) => a.frame - b.frame)
    const last = keys.findLast((key) => key.frame <= frame)
    if (!last || last.node.field('outside').value === true) continue
    const shape = shapeOf(last.node, track)
    const next = keys.find((key) => key.frame > frame)
    if (last.frame === frame || !next || next.node.field('outside').value === true) {
      shown.push(shape)
    } else if (shape.type === 'rectangle' || shape.type === 'ellipse') {
      const share = (frame - last.frame) / (next.frame - last.frame)
      shown.push(between(shape, shapeOf(next.node, track), share))
    } else {
      if (shape.type === 'polygon')
        warn(
          'NOT_INTERPOLATED',
          `${shape.pointer} is a polygon between key frames; its last key frame stands.`,
        )
      shown.push(shape)
    }
  }
  return shown
}

function between(from: CvatShape, to: CvatShape, share: number): CvatShape {
  const target = to.points.numbers()
  const points = from.points.numbers().map((value, at) => value + share * ((target[at] ?? value) - value))
  const turn = ((((to.rotation - from.rotation) % 360) + 540) % 360) - 180
  return {
    ...from,
    points: new JsonNode(points, from.points.pointer),
    rotation: from.rotation + share * turn,
  }
}
