import { JsonNode } from '../../../json/json-node.ts'
import type { ReadContext } from '../../reading/read-context.ts'
import type { CvatShape } from './shape.ts'

/** What a track shows from a frame on. */
export interface TrackKey {
  readonly frame: number
  /** The object is not in the image. */
  readonly outside: boolean
  readonly shape: () => CvatShape
}

/**
 * The shape that a track shows in a frame: the one of the last key frame up to it, unless that is marked as outside.
 * Rectangles and ellipses between two key frames are interpolated linearly as CVAT does; of other shapes the
 * last key frame stands, with a warning where CVAT would have moved the vertices of a polygon.
 */
export function shownByTrack(
  keys: readonly TrackKey[],
  frame: number,
  { warn }: ReadContext,
): CvatShape | undefined {
  const sorted = keys.toSorted((a, b) => a.frame - b.frame)
  const last = sorted.findLast((key) => key.frame <= frame)
  if (!last || last.outside) return undefined
  const shape = last.shape()
  const next = sorted.find((key) => key.frame > frame)
  if (last.frame === frame || !next || next.outside) return shape
  if (shape.type === 'rectangle' || shape.type === 'ellipse')
    return between(shape, next.shape(), (frame - last.frame) / (next.frame - last.frame))
  if (shape.type === 'polygon')
    warn('NOT_INTERPOLATED', `${shape.pointer} is a polygon between key frames; its last key frame stands.`)
  return shape
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
