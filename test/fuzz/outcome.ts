import type { DecodedMask } from '../../src/labels/decoded-mask.ts'
import { Refusal } from '../../src/problems/refusal.ts'

/** Codes that say that the service is at fault, or that it hung. */
const faults: readonly string[] = ['DECODER_MISMATCH', 'TIMED_OUT', 'INTERNAL']

/** What is to be said of a mutant that was not read: refused by a code that blames the file, or a failure. */
export function outcomeOfError(error: unknown): {
  readonly verdict: 'refused' | 'thrown'
  readonly detail: string
} {
  if (!(error instanceof Refusal)) return { verdict: 'thrown', detail: String(error) }
  const verdict = faults.includes(error.code) ? 'thrown' : 'refused'
  return { verdict, detail: `${error.code}: ${error.message}` }
}

export const sameMask = ({ map }: DecodedMask, { map: other }: DecodedMask): boolean =>
  map.width === other.width &&
  map.height === other.height &&
  map.depth === other.depth &&
  map.labels.every((label, i) => label === other.labels[i])
