import type { DecodedMask } from '../labels/decoded-mask.ts'
import { likelyScaled } from './likely-scaled.ts'
import type { ReadSettings } from './read-options.ts'
import { classesOf } from './relabelling.ts'

/** A mask as its reader leaves it, with the bits of a stored sample. */
export interface RawMask extends DecodedMask {
  readonly bits: number
}

/** What every format's mask goes through last: the warning about widened masks, and classes out of packed values. */
export function finishMask({ bits, map, warnings, ...rest }: RawMask, settings: ReadSettings): DecodedMask {
  const wide = bits === 16 && map.labels instanceof Uint16Array
  return {
    ...rest,
    map: wide ? { ...map, labels: classesOf(map.labels, settings.relabelling) } : map,
    warnings: wide ? [...warnings, ...likelyScaled(map.labels)] : warnings,
  }
}
