import type { DecodedMask } from '../labels/decoded-mask.ts'
import { Refusal } from '../problems/refusal.ts'
import { likelyScaled } from './likely-scaled.ts'
import type { ReadSettings } from './read-options.ts'
import { classesOf } from './relabelling.ts'

/** A mask as its reader leaves it, with the bits of a stored sample. */
export interface RawMask extends DecodedMask {
  readonly bits: number
}

/**
 * What every format's mask goes through last: the warning about widened masks, and classes out of packed values.
 * @throws Refusal UNSUPPORTED_PIXEL_FORMAT when classes are wanted out of values that are not of 8 or 16 bits
 */
export function finishMask(
  { bits, map, warnings, ...rest }: RawMask,
  { relabelling }: ReadSettings,
): DecodedMask {
  const wide = bits === 16 && map.labels instanceof Uint16Array
  if (relabelling !== undefined && bits > 8 && !wide)
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      `The preset takes classes out of 16-bit values that are not negative; this file (${rest.encoding}) holds others. Save them as uint16, or leave the preset out.`,
    )
  return {
    ...rest,
    map: wide ? { ...map, labels: classesOf(map.labels, relabelling) } : map,
    warnings: wide ? [...warnings, ...likelyScaled(map.labels)] : warnings,
  }
}
