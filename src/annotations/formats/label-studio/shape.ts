import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageSize } from '../../image-size.ts'
import type { Canvas } from '../../painting/canvas.ts'
import { fillEllipse } from '../../painting/ellipse-fill.ts'
import { paintPatch } from '../../painting/patch.ts'
import { fillPolygon } from '../../painting/polygon-fill.ts'
import { checkRing, readPairRing } from '../../painting/polygon-reading.ts'
import { rotatedBox } from '../../painting/rotated-box.ts'
import { foregroundRuns, readBase64, readPng } from '../../reading/bitmap.ts'
import type { ReadContext } from '../../reading/read-context.ts'
import { skipRegion } from '../../reading/skip-region.ts'
import { paintBrush, readBrush } from './brush-rle.ts'
import type { LabelStudioRow } from './row.ts'

export type LabelStudioPainter = (canvas: Canvas) => void

/**
 * What paints a row's shape; undefined for rows without an area. The shape is told by the keys of its value:
 * the type of a row in a document with separate `<Labels>` tags is only "labels". Positions and lengths are
 * per cent of the image's width or height.
 */
export async function readShape(
  row: LabelStudioRow,
  size: ImageSize,
  context: ReadContext,
): Promise<LabelStudioPainter | undefined> {
  const { value, type } = row
  if (value.field('rle').exists) return brush(value, size, context)
  if (value.field('imageDataURL').exists) return bitmask(value.field('imageDataURL'), size, context)
  if (value.field('vertices').exists || type.startsWith('vector'))
    return skipRegion(row.node, 'vector', context)
  if (value.field('points').exists) return polygon(value.field('points'), size, context)
  if (value.field('radiusX').exists) return ellipse(value, size, context)
  if (value.field('height').exists && value.field('x').exists) return rectangle(value, size, context)
  if (value.field('x').exists) return skipRegion(row.node, 'point', context)
  return saysOfRegion.test(type) ? undefined : skipRegion(row.node, type, context)
}

/** Rows that say something about a region or a task and are none. */
const saysOfRegion = /^(?:choices|textarea|rating|number|taxonomy|pairwise|datetime|ranker|relation)$/

/** True for the rows that are regions of an image. */
export function hasShape({ value }: LabelStudioRow): boolean {
  return ['rle', 'imageDataURL', 'vertices', 'points', 'x'].some((key) => value.field(key).exists)
}

function brush(value: JsonNode, size: ImageSize, { budget, options }: ReadContext): LabelStudioPainter {
  const format = value.field('format')
  if (format.exists && format.value !== 'rle') throw format.refuse('is a brush format that is not known')
  const rle = value.field('rle')
  budget.runs(rle.length, rle.pointer)
  const bytes = readBrush(rle, size)
  return (canvas) => paintBrush(canvas, bytes, options.alpha_threshold ?? 1, rle)
}

async function bitmask(node: JsonNode, size: ImageSize, context: ReadContext): Promise<LabelStudioPainter> {
  const pixels = await readPng(readBase64(node), node, context)
  if (pixels.width !== size.width || pixels.height !== size.height)
    throw node.refuse(
      `is ${pixels.width} × ${pixels.height} pixels, but the image is ${size.width} × ${size.height}`,
    )
  const ends = foregroundRuns(pixels, context.options.alpha_threshold ?? 1, node, context)
  return (canvas) => paintPatch(canvas, { left: 0, top: 0, width: size.width, ends })
}

function polygon(
  points: JsonNode,
  size: ImageSize,
  { budget, polygonFill }: ReadContext,
): LabelStudioPainter {
  const ring = readPairRing(points, budget).map((percent, at) => inPixels(percent, at, size))
  return (canvas) => fillPolygon(canvas, [ring], polygonFill)
}

/** x, y is the corner that the rectangle turns about, clockwise. */
function rectangle(
  value: JsonNode,
  size: ImageSize,
  { budget, polygonFill }: ReadContext,
): LabelStudioPainter {
  budget.vertices(4, value.pointer)
  const x = inPixels(value.field('x').number(), 0, size)
  const y = inPixels(value.field('y').number(), 1, size)
  const width = inPixels(value.field('width').number(), 0, size)
  const height = inPixels(value.field('height').number(), 1, size)
  const ring = checkRing(rotatedBox(x, y, x + width, y + height, rotation(value), x, y), value)
  return (canvas) => fillPolygon(canvas, [ring], polygonFill)
}

/** x, y is the middle. */
function ellipse(value: JsonNode, size: ImageSize, { polygonFill }: ReadContext): LabelStudioPainter {
  const shape = {
    x: inPixels(value.field('x').number(), 0, size),
    y: inPixels(value.field('y').number(), 1, size),
    radiusX: inPixels(value.field('radiusX').number(), 0, size),
    radiusY: inPixels(value.field('radiusY').number(), 1, size),
    rotation: rotation(value),
  }
  return (canvas) => fillEllipse(canvas, shape, polygonFill)
}

/** Even positions are of the width, odd ones of the height. */
function inPixels(percent: number, at: number, { width, height }: ImageSize): number {
  return (percent * (at % 2 ? height : width)) / 100
}

function rotation(value: JsonNode): number {
  const node = value.field('rotation')
  return node.exists ? node.number() : 0
}
