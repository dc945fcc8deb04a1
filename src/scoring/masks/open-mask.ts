import type { AnnotatedImage } from '../../annotations/annotated-image.ts'
import { openSource } from '../../annotations/open-source.ts'
import { readAnnotation } from '../../annotations/read-annotation.ts'
import { decodeLabelPng } from '../../counting/decode-label-png.ts'
import { decodeMask } from '../../decoding/decode-mask.ts'
import type { DecodedMask } from '../../labels/decoded-mask.ts'
import type { ScoringContext } from '../context.ts'
import { labelsSha256, sha256 } from '../fingerprints.ts'
import type { MaskInput } from '../request/mask-input.ts'
import type { SideOptions } from '../request/options.ts'
import { readLabelRows } from './label-rows.ts'

/** How one mask of a request is read. */
export type MaskOptions = SideOptions & { readonly stack?: 'volume' | undefined }

/** A mask decoded, or an annotation whose regions are not painted yet: their labels depend on the other masks. */
export type OpenedMask =
  | { readonly kind: 'labels'; readonly mask: DecodedMask; readonly sha256: string }
  | { readonly kind: 'regions'; readonly image: AnnotatedImage; readonly sha256: string }

/**
 * Opens a mask of any kind: a file, labels in JSON, or an annotation.
 * @throws Refusal whose pointer is relative to the mask
 */
export async function openMask(
  input: MaskInput,
  options: MaskOptions,
  { limits, pngDecoder }: ScoringContext,
): Promise<OpenedMask> {
  if (input.kind === 'labels') {
    const mask = readLabelRows(input.data, options.negative ?? 'reject', limits)
    return { kind: 'labels', mask, sha256: labelsSha256(mask.map) }
  }
  const source = await openSource(input, options, limits)
  const sent =
    input.kind === 'file' ? input.bytes : new TextEncoder().encode(JSON.stringify(input.document.data))
  if (source.kind === 'annotation') {
    const image = await readAnnotation(source, limits)
    return { kind: 'regions', image, sha256: sha256(sent) }
  }
  const sampler = pngDecoder === 'auto' ? decodeLabelPng : undefined
  const mask = await decodeMask(source.bytes, options, limits, sampler)
  return { kind: 'labels', mask, sha256: sha256(sent) }
}
