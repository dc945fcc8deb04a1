import { difference } from './difference.ts'

/**
 * How pixels changed from one prediction to another, in the numbers of the difference: they are drawn and ranked alike. What
 * got worse is shown over what got better, and that over what is wrong in both.
 */
export const change = {
  right: difference.agreement,
  worse: difference.missing,
  better: difference.extra,
  wrong: difference.confused,
  ignored: difference.ignored,
} as const
export type ChangeName = keyof typeof change

/**
 * What became of each pixel; what is not counted in either stays ignored.
 * @param before, after codes of the difference to the same ground truth
 */
export function changeMap(before: ArrayLike<number>, after: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const codes = new Uint8Array(before.length)
  for (let at = 0; at < codes.length; at++) {
    const [was, is] = [before[at], after[at]]
    if (was === difference.ignored || is === difference.ignored) codes[at] = change.ignored
    else if (was !== difference.agreement)
      codes[at] = is === difference.agreement ? change.better : change.wrong
    else if (is !== difference.agreement) codes[at] = change.worse
  }
  return codes
}
