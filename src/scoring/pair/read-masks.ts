import { createHash, hash } from 'node:crypto'
import type { AnnotatedImage, Region } from '../../annotations/annotated-image.ts'
import { assignLabels, type LabelList } from '../../annotations/label-names.ts'
import { openSource } from '../../annotations/open-source.ts'
import { paintAnnotation, paintRegions } from '../../annotations/paint.ts'
import { readAnnotation } from '../../annotations/read-annotation.ts'
import { decodeLabelPng } from '../../counting/decode-label-png.ts'
import { decodeMask } from '../../decoding/decode-mask.ts'
import { decodeShownPixels } from '../../decoding/png/shown-pixels.ts'
import type { DecodedMask, Warning } from '../../labels/decoded-mask.ts'
import type { LabelMap } from '../../labels/label-map.ts'
import type { PanopticSegment } from '../../metrics/instances/panoptic-quality.ts'
import { placedUnder, refuseField } from '../../problems/refusal.ts'
import type { ScoringContext } from '../context.ts'
import type { MaskInput } from '../request/mask-input.ts'
import type { SideOptions } from '../request/options.ts'
import { readLabelRows } from './label-rows.ts'

/** A mask read, and the fingerprint of what it was read from. */
export interface ReadMask extends DecodedMask {
  readonly sha256: string
  /** Rule by which its polygons were filled. */
  readonly polygonFill?: string
  /** Labels that stand for pixels to leave out, such as crowds. */
  readonly ignored?: readonly number[]
  /** The single objects of an annotation, which labels alone do not tell apart. */
  readonly objects?: () => Objects
}

/** The objects of one mask: a map of their numbers, 0 where there is none, and what is known of each. */
interface Objects {
  readonly map: LabelMap
  readonly segments: ReadonlyMap<number, PanopticSegment>
  readonly unlabelled: 'void' | 'background'
}

/** One mask of a request, and where it stands in it. */
export interface MaskToRead {
  readonly input: MaskInput
  readonly options: SideOptions & { readonly stack?: 'volume' | undefined }
  readonly pointer: string
}

/** What several masks of one request became. */
export interface MasksRead {
  readonly masks: readonly ReadMask[]
  /** Names that the annotations among them gave labels, one list for all. */
  readonly names: ReadonlyMap<number, string>
  /** The label that `classes` calls 0, where a document has a category 0. */
  readonly classZero?: number | undefined
  readonly warnings: readonly Warning[]
}

/** Bounds the memory of a request with many masks, whatever its number of masks is. */
const mostMasksOfFullSize = 4

type Opened =
  | { readonly kind: 'labels'; readonly mask: ReadMask }
  | { readonly kind: 'regions'; readonly image: AnnotatedImage; readonly sha256: string }

/**
 * Reads masks of any kind into labels. Annotations among them share one list of labels, so equal names are
 * equal labels; `classes` decides the numbers when given. Refusals point into the request.
 */
export async function readMasks(
  toRead: readonly MaskToRead[],
  context: ScoringContext,
  classes?: ReadonlyMap<number, string>,
): Promise<MasksRead> {
  const opened: Opened[] = []
  let pixels = 0
  for (const one of toRead) {
    const next = await placedUnder(one.pointer, () => open(one, context))
    const { width, height } = next.kind === 'labels' ? next.mask.map : next.image
    pixels += next.kind === 'labels' ? next.mask.map.labels.length : width * height
    const most = mostMasksOfFullSize * context.limits.maxPixels
    if (pixels > most)
      throw refuseField('IMAGE_TOO_LARGE', one.pointer, `the masks hold more than ${most} pixels together`)
    opened.push(next)
  }
  const images = opened.flatMap((one) => (one.kind === 'regions' ? [one.image] : []))
  const list = assignLabels(images, classes)
  const masks = opened.map((one, index) =>
    one.kind === 'labels' ? one.mask : placedUnder(toRead[index].pointer, () => paint(one)),
  )
  const names = images.length > 0 ? list.names : new Map<number, string>()
  return { masks, names, classZero: list.classZero, warnings: list.warnings }

  function paint({ image, sha256 }: Extract<Opened, { kind: 'regions' }>): ReadMask {
    const painted = paintAnnotation(image, list, context.limits)
    const objects = () => objectsOf(image, list, context)
    return { ...painted, sha256, polygonFill: image.polygonFill, objects }
  }
}

/**
 * Numbers objects from 1 in document order; regions of one instance are one object. A region with label 0 is
 * none: it gives pixels back to the background.
 */
function objectsOf(image: AnnotatedImage, list: LabelList, { limits }: ScoringContext): Objects {
  const numbers = new Map<string, number>()
  const segments = new Map<number, PanopticSegment>()
  const number = (region: Region): number => {
    const category = list.labelOf(region)
    if (category === 0) return 0
    const known = numbers.get(region.instance) ?? numbers.size + 1
    numbers.set(region.instance, known)
    segments.set(known, { category, isCrowd: region.crowd })
    return known
  }
  image.regions.forEach(number)
  const unlabelled = image.format === 'coco_panoptic' ? 'void' : 'background'
  return { map: paintRegions(image, number, limits), segments, unlabelled }
}

async function open({ input, options }: MaskToRead, context: ScoringContext): Promise<Opened> {
  const { limits } = context
  const decodePng = (bytes: Uint8Array) => decodeShownPixels(bytes, limits)
  if (input.kind === 'labels') {
    const map = readLabelRows(input.data, options.negative ?? 'reject', limits)
    const mask = { map, format: 'labels', encoding: encodingOf(map), warnings: [], sha256: labelsSha256(map) }
    return { kind: 'labels', mask }
  }
  const source = await openSource(input, options, limits)
  const sent =
    input.kind === 'file' ? input.bytes : new TextEncoder().encode(JSON.stringify(input.document.data))
  if (source.kind === 'annotation') {
    const image = await readAnnotation(source, { limits, decodePng })
    return { kind: 'regions', image, sha256: sha256(sent) }
  }
  const sampler = context.pngDecoder === 'auto' ? decodeLabelPng : undefined
  const mask = await decodeMask(source.bytes, options, limits, sampler)
  return { kind: 'labels', mask: { ...mask, sha256: sha256(sent) } }
}

export const sha256 = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex')

/** sha256 of the labels as little-endian 32-bit integers (negative ones in two's complement), row-major. */
export function labelsSha256(map: LabelMap): string {
  const hash = createHash('sha256')
  const block = 1 << 20
  for (let start = 0; start < map.labels.length; start += block) {
    const words = Uint32Array.from(map.labels.subarray(start, start + block))
    hash.update(new Uint8Array(words.buffer))
  }
  return hash.digest('hex')
}

const encodingOf = (map: LabelMap): string =>
  `labels-${map.labels.constructor.name.replace('Array', '').toLowerCase()}`
