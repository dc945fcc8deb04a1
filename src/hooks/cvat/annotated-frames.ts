import type { JsonNode } from '../../json/json-node.ts'
import type { MaskInput } from '../../scoring/request/mask-input.ts'
import type { Frame } from './frames.ts'

/** Gives the annotation of one frame as a mask. */
export type FrameMask = (number: number, frame: Frame) => MaskInput

/**
 * A job's annotations, sorted by frame once: each frame's document holds its own shapes only, so that a job of many
 * frames is not walked through for each of them.
 */
export function annotatedFrames(annotations: JsonNode, labels: unknown): FrameMask {
  const shapes = new Map<unknown, unknown[]>()
  for (const shape of annotations.object().field('shapes').items()) {
    const frame = shape.object().field('frame').value
    const list = shapes.get(frame)
    if (list) list.push(shape.value)
    else shapes.set(frame, [shape.value])
  }
  const tracks = annotations.field('tracks')
  return (number, { width, height }) => ({
    kind: 'annotation',
    format: 'cvat_shapes',
    document: {
      format: 'cvat_shapes',
      data: {
        shapes: shapes.get(number) ?? [],
        ...(tracks.isArray && tracks.length > 0 && { tracks: tracks.value }),
        labels,
      },
      image: number,
      width,
      height,
    },
  })
}
