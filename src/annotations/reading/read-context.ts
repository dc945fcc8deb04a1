import type { JsonNode } from '../../json/json-node.ts'
import type { Limits } from '../../limits.ts'
import type { ImageRegions } from '../annotated-image.ts'
import type { Budget } from '../budget.ts'
import { checkSize, type ImageSize } from '../image-size.ts'
import type { PolygonFill, ReaderOptions } from '../reader-options.ts'
import type { FilesBeside } from './files-beside.ts'

/** What results, which list no images, borrow from their ground truth. */
export interface ImageOfGroundTruth extends ImageSize {
  /** Where its document numbers or names its images. */
  readonly imageId?: string
}

/** What every reader gets in addition to its document. */
export interface ReadContext {
  readonly options: ReaderOptions
  readonly limits: Limits
  readonly budget: Budget
  readonly polygonFill: PolygonFill
  readonly files: FilesBeside
  /** What is known of the ground truth, when a prediction is read. */
  readonly groundTruth?: ImageOfGroundTruth
  /**
   * Tells what the reader left out or decided. Of each code, and each kind of it, the first message is shown, and how
   * many others there are.
   */
  readonly warn: (code: string, message: string, kind?: string) => void
}

export type Reader = (document: JsonNode, context: ReadContext) => ImageRegions | Promise<ImageRegions>

/**
 * The image's size: the document's, else that of the options `width` and `height`.
 * @throws Refusal when neither has one, when they contradict each other, and when it is over a limit
 */
export function sizeOfImage(
  stated: ImageSize | undefined,
  { options, limits }: ReadContext,
  node: JsonNode,
): ImageSize {
  const width = options.width ?? stated?.width
  const height = options.height ?? stated?.height
  if (width === undefined || height === undefined)
    throw node
      .refuse('does not say how large the image is: give `width` and `height`')
      .advising('Give `width` and `height` in the options of this side.')
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
