import type { AnnotatedImage } from '../../src/annotations/annotated-image.ts'
import type { AnnotationOptions } from '../../src/annotations/annotation-options.ts'
import { assignLabels } from '../../src/annotations/label-names.ts'
import { openSource, type SentMask } from '../../src/annotations/open-source.ts'
import { type PaintedAnnotation, paintAnnotation } from '../../src/annotations/paint.ts'
import { readAnnotation } from '../../src/annotations/read-annotation.ts'
import { defaultLimits, type Limits } from '../../src/limits.ts'

interface Extra extends AnnotationOptions {
  readonly limits?: Partial<Limits>
  readonly png?: Uint8Array
}

async function readSent(sent: SentMask, options: AnnotationOptions, limits: Limits) {
  const source = await openSource(sent, options, limits)
  if (source.kind === 'mask') throw new Error('this is a mask and no annotation')
  return readAnnotation(source, limits)
}

/** Reads a document as the `data` of a mask. */
export function read(data: unknown, { limits, png, ...options }: Extra = {}): Promise<AnnotatedImage> {
  const image_data = png && Buffer.from(png).toString('base64')
  const document = { data, ...(image_data && { image_data }) }
  return readSent({ kind: 'annotation', document }, options, { ...defaultLimits, ...limits })
}

/** Reads a file. */
export function readFile(bytes: Uint8Array, options: AnnotationOptions = {}, sidecar?: Uint8Array) {
  return readSent({ kind: 'file', bytes, ...(sidecar && { sidecar }) }, options, defaultLimits)
}

/** Paints one annotation alone. */
export function paint(image: AnnotatedImage): PaintedAnnotation {
  return paintAnnotation(image, assignLabels([image]), defaultLimits)
}

export const readAndPaint = async (data: unknown, options: Extra = {}) => paint(await read(data, options))
