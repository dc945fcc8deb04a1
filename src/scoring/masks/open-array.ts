import type { ProbabilityOptions } from '../../decoding/probabilities/probability-options.ts'
import { readArray } from '../../decoding/probabilities/read-array.ts'
import type { StoredArray } from '../../decoding/probabilities/stored-array.ts'
import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { MaskInput } from '../request/mask-input.ts'
import type { SideOptions } from '../request/options.ts'
import { nestedNumbers } from './nested-numbers.ts'

/**
 * Opens what a side's options call probabilities: a file of numbers, or numbers in JSON.
 * @throws Refusal for labels and annotations, and those of `readArray`
 */
export async function openArray(
  input: MaskInput,
  options: SideOptions & { readonly probabilities: ProbabilityOptions },
  limits: Limits,
): Promise<StoredArray> {
  if (input.kind === 'probabilities') return nestedNumbers(input.data)
  if (input.kind === 'file' && !input.sidecar && options.format === undefined)
    return readArray(input.bytes, { ...options, entry: options.probabilities.entry }, limits)
  throw new Refusal(
    'UNSUPPORTED_FORMAT',
    'The options of this side call it probabilities, and it was sent as labels or as an annotation.',
  ).advising(
    'Leave `probabilities` out of the options of this side, or send a file of probabilities (.npy, .npz, PNG, TIFF) or {"format": "probabilities", "data": […]}.',
  )
}
