import type { DecodedMask } from '../labels/decoded-mask.ts'
import type { LabelArray, LabelMap } from '../labels/label-map.ts'
import type { Limits } from '../limits.ts'
import type { AnnotatedImage, IdPlane, Region } from './annotated-image.ts'
import { Budget } from './budget.ts'
import { checkSize } from './image-size.ts'
import { type LabelList, leavesOutCrowds } from './label-names.ts'
import { Canvas } from './painting/canvas.ts'

/** A painted mask, and whether regions may have been painted over others: more was painted than shows. */
interface PaintedRegions {
  readonly map: LabelMap
  readonly paintsOver: boolean
}

/**
 * Paints an annotation's regions over each other, later on top; what nobody paints is 0.
 * `labelOf` says with what. The array is of the smallest type that holds every label.
 * Refuses (INPUT_TOO_LARGE) what would paint the image over and over, and a region that does not hold what it
 * claims (INVALID_ANNOTATION), with its pointer.
 */
export function paintRegions(
  image: AnnotatedImage,
  labelOf: (region: Region, index: number) => number,
  limits: Limits,
  isPainted: (region: Region) => boolean = () => true,
): PaintedRegions {
  const { width, height, regions } = image
  checkSize(width, height, limits, '')
  const labels = regions.map(labelOf)
  const pixels = emptyLabels(width * height, labels)
  if (image.plane) paintPlane(image.plane, regions, labels, isPainted, pixels)
  const canvas = new Canvas(image, pixels, new Budget(limits))
  for (const index of image.paintOrder ?? regions.keys()) {
    const region = regions[index]
    if (!isPainted(region)) continue
    canvas.label = labels[index]
    canvas.pointer = region.pointer
    region.paint?.(canvas)
  }
  const paintsOver = canvas.painted > 0 && canvas.painted > (image.plane ? 0 : labelledPixels(pixels))
  return { map: { width, height, depth: 1, labels: pixels }, paintsOver }
}

function labelledPixels(pixels: LabelArray): number {
  if (pixels instanceof Uint8Array) return nonZeroBytes(pixels)
  let labelled = 0
  for (let at = 0; at < pixels.length; at++) if (pixels[at] !== 0) labelled++
  return labelled
}

/** Four bytes at a time: bit 7 of each byte of a word tells whether that byte is 0. */
function nonZeroBytes(bytes: Uint8Array): number {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
  let count = 0
  for (let k = 0; k < words.length; k++) {
    const word = words[k]
    if (word === 0) continue
    const isSet = ((((word & 0x7f7f7f7f) + 0x7f7f7f7f) | word) & 0x80808080) >>> 7
    count += Math.imul(isSet, 0x01010101) >>> 24
  }
  for (let at = words.length << 2; at < bytes.length; at++) if (bytes[at] !== 0) count++
  return count
}

function emptyLabels(size: number, labels: readonly number[]): LabelArray {
  const largest = labels.reduce((max, label) => Math.max(max, label), 0)
  if (largest < 2 ** 8) return new Uint8Array(size)
  return largest < 2 ** 16 ? new Uint16Array(size) : new Uint32Array(size)
}

function paintPlane(
  plane: IdPlane,
  regions: readonly Region[],
  labels: readonly number[],
  isPainted: (region: Region) => boolean,
  pixels: LabelArray,
): void {
  const labelOfId = new Map<number, number>()
  for (const [id, region] of plane.regionOf) if (isPainted(regions[region])) labelOfId.set(id, labels[region])
  const { ids } = plane
  let id = -1
  let label = 0
  for (let at = 0; at < ids.length; at++) {
    // Neighbours mostly share their id.
    if (ids[at] !== id) {
      id = ids[at]
      label = labelOfId.get(id) ?? 0
    }
    pixels[at] = label
  }
}

/** A painted annotation, and which of its labels are no class but pixels to leave out. */
export interface PaintedAnnotation extends DecodedMask, PaintedRegions {
  readonly ignored: readonly number[]
}

/** Paints an annotation with the labels that its names and categories got. */
export function paintAnnotation(
  image: AnnotatedImage,
  list: LabelList,
  limits: Limits,
  isPainted?: (region: Region) => boolean,
): PaintedAnnotation {
  const crowdLabel = leavesOutCrowds(image) ? list.crowdLabel : undefined
  const labelOf = (region: Region) =>
    region.crowd && crowdLabel !== undefined ? crowdLabel : list.labelOf(region)
  return {
    ...paintRegions(image, labelOf, limits, isPainted),
    format: image.format,
    encoding: image.plane ? 'segment-ids' : `regions-${image.polygonFill}-fill`,
    warnings: image.warnings,
    names: list.names,
    ignored: crowdLabel === undefined ? [] : [crowdLabel],
  }
}
