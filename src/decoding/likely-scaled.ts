import type { Warning } from '../labels/decoded-mask.ts'

/**
 * Warns when 16-bit labels are all multiples of 257, as an 8-bit mask is after a tool has widened it.
 * @param labels all pixels, or each label once
 */
export function likelyScaled(labels: Iterable<number>): readonly Warning[] {
  let nonZero = false
  for (const label of labels) {
    if (label % 257 !== 0) return []
    nonZero ||= label !== 0
  }
  if (!nonZero) return []
  return [
    {
      code: 'LIKELY_8_BIT_SCALED',
      message:
        'Every 16-bit label is a multiple of 257, as if an 8-bit mask had been widened; labels were read as stored. If the other mask has the original values, send the 8-bit file of this one.',
    },
  ]
}
