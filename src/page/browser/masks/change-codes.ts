import { difference } from '../../../labels/difference.ts'
import type { LabelArray } from './npy.ts'

/** How pixels changed from run A to run B, in the codes of a difference, whose colours they borrow. */
export const change = {
  worse: difference.missing,
  better: difference.extra,
  both: difference.confused,
} as const

/** Right in A and wrong in B, wrong in A and right in B, wrong in both; what is not counted in either stays ignored. */
export function changeCodes(a: LabelArray, b: LabelArray): Uint8Array {
  const codes = new Uint8Array(a.length)
  for (let at = 0; at < a.length; at++) {
    if (a[at] === difference.ignored || b[at] === difference.ignored) codes[at] = difference.ignored
    else if (a[at] !== difference.agreement)
      codes[at] = b[at] === difference.agreement ? change.better : change.both
    else if (b[at] !== difference.agreement) codes[at] = change.worse
  }
  return codes
}
