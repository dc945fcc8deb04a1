import type { JsonNode } from '../../json/json-node.ts'
import type { Limits } from '../../limits.ts'
import type { ImageRegions } from '../annotated-image.ts'
import type { Budget } from '../budget.ts'
import { checkSize, type ImageSize } from '../image-size.ts'
import type { PolygonFill, ReaderOptions } from '../reader-options.ts'
import type { FilesBeside } from './files-beside.ts'

/** A PNG's samples as they are shown: palettes looked up, no profile applied, nothing premultiplied. */
export interface PngPixels {
  readonly width: number
  readonly height: number
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha; interleaved. */
  readonly channels: 1 | 2 | 3 | 4
  readonly data: Uint8Array | Uint16Array
}

/** Reads a PNG that an annotation holds; given by the caller, as decoding images is not this room's work. */
export type DecodePng = (bytes: Uint8Array, limits: Limits) => Promise<PngPixels>

/** What every reader gets beside its document. */
export interface ReadContext {
  readonly options: ReaderOptions
  readonly limits: Limits
  readonly budget: Budget
  readonly polygonFill: PolygonFill
  readonly decodePng: DecodePng
  readonly files: FilesBeside
  /** Says what the reader had to leave out or decide; of one code the first is told, and how many there are. */
  readonly warn: (code: string, message: string) => void
}

export type Reader = (document: JsonNode, context: ReadContext) => ImageRegions | Promise<ImageRegions>

/**
 * The image's size: the document's, else that of the options `width` and `height`. Refuses when neither has
 * one, when they contradict each other, and when it is over a limit.
 */
export function sizeOfImage(
  stated: ImageSize | undefined,
  { options, limits }: ReadContext,
  node: JsonNode,
): ImageSize {
  const width = options.width ?? stated?.width
  const height = options.height ?? stated?.height
  if (width === undefined || height === undefined)
    throw node.refuse('does not say how large the image is: give `width` and `height`')
  if (stated && (stated.width !== width || stated.height !== height))
    throw node.refuse(
      `says the image is ${stated.width} × ${stated.height} pixels, the options say ${width} × ${height}`,
    )
  return checkSize(width, height, limits, node.pointer)
}

/** `width` and `height` of an object, when it has both. */
export function statedSize(node: JsonNode, widthKey = 'width', heightKey = 'height'): ImageSize | undefined {
  const width = node.field(widthKey)
  const height = node.field(heightKey)
  if (!width.exists || !height.exists) return undefined
  return { width: width.integer(1), height: height.integer(1) }
}
