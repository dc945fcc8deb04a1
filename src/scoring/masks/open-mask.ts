import type { AnnotatedImage } from '../../annotations/annotated-image.ts'
import { openSource } from '../../annotations/open-source.ts'
import { readAnnotation } from '../../annotations/read-annotation.ts'
import type { ImageOfGroundTruth } from '../../annotations/reading/read-context.ts'
import { decodeLabelPng } from '../../counting/decode-label-png.ts'
import { decodeMask } from '../../decoding/decode-mask.ts'
import type { ProbabilityOptions } from '../../decoding/probabilities/probability-options.ts'
import type { StoredArray } from '../../decoding/probabilities/stored-array.ts'
import type { DecodedMask } from '../../labels/decoded-mask.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { ScoringContext } from '../context.ts'
import { labelsSha256, sha256 } from '../fingerprints.ts'
import type { MaskInput } from '../request/mask-input.ts'
import type { SideOptions } from '../request/options.ts'
import { readLabelRows } from './label-rows.ts'
import { openArray } from './open-array.ts'

/** How one mask of a request is read. */
export type MaskOptions = SideOptions & { readonly stack?: 'volume' | undefined }

/** A mask decoded, or what depends on the other masks: regions that are not painted, numbers whose axes are not known. */
export type OpenedMask =
  | { readonly kind: 'labels'; readonly mask: DecodedMask; readonly sha256: string }
  | { readonly kind: 'regions'; readonly image: AnnotatedImage; readonly sha256: string }
  | {
      readonly kind: 'probabilities'
      readonly array: StoredArray
      readonly options: ProbabilityOptions
      readonly sha256: string
    }

/**
 * Opens a mask of any kind: a file, labels or probabilities in JSON, or an annotation.
 * @param groundTruth of which the mask is a prediction
 * @throws Refusal whose pointer is relative to the mask
 */
export async function openMask(
  input: MaskInput,
  options: MaskOptions,
  { limits, pngDecoder }: ScoringContext,
  groundTruth?: ImageOfGroundTruth,
): Promise<OpenedMask> {
  const { probabilities } = options
  if (probabilities) {
    const array = await openArray(input, { ...options, probabilities }, limits)
    const { buffer, byteOffset, byteLength } = array.items
    const sent = input.kind === 'file' ? input.bytes : new Uint8Array(buffer, byteOffset, byteLength)
    return { kind: 'probabilities', array, options: probabilities, sha256: sha256(sent) }
  }
  if (input.kind === 'probabilities')
    throw new Refusal(
      'INVALID_OPTIONS',
      'The mask is probabilities, and the options of its side do not say so.',
    ).advising('Set `probabilities` to {} in the options of this side.')
  if (input.kind === 'labels') {
    const mask = readLabelRows(input.data, options.negative ?? 'reject', limits)
    return { kind: 'labels', mask, sha256: labelsSha256(mask.map) }
  }
  const source = await openSource(input, options, limits)
  const sent =
    input.kind === 'file' ? input.bytes : new TextEncoder().encode(JSON.stringify(input.document.data))
  if (source.kind === 'annotation') {
    const image = await readAnnotation(source, limits, groundTruth)
    return { kind: 'regions', image, sha256: sha256(sent) }
  }
  const sampler = pngDecoder === 'auto' ? decodeLabelPng : undefined
  const mask = await decodeMask(source.bytes, options, limits, sampler)
  return { kind: 'labels', mask, sha256: sha256(sent) }
}
