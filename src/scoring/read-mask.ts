import { createHash } from 'node:crypto'
import { decodeMask } from '../decoding/decode-mask.ts'
import type { DecodedMask } from '../labels/decoded-mask.ts'
import type { LabelMap } from '../labels/label-map.ts'
import type { ScoringContext } from './context.ts'
import { readLabelRows } from './label-rows.ts'
import type { MaskInput } from './mask-input.ts'
import type { SideOptions } from './options.ts'

/** A mask read, and the fingerprint of what it was read from. */
export interface ReadMask extends DecodedMask {
  readonly sha256: string
}

/** Reads one mask of any kind into labels. Refusals' pointers are relative to the mask. */
export async function readMask(
  input: MaskInput,
  options: SideOptions & { stack?: 'volume' | undefined },
  context: ScoringContext,
): Promise<ReadMask> {
  if (input.kind === 'labels') {
    const map = readLabelRows(input.data, options.negative ?? 'reject', context.limits)
    return { map, format: 'labels', encoding: encodingOf(map), warnings: [], sha256: labelsSha256(map) }
  }
  if (input.kind === 'file')
    return { ...(await decodeMask(input.bytes, options, context.limits)), sha256: sha256(input.bytes) }
  throw new Error('annotations')
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

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
