import { Refusal } from '../../problems/refusal.ts'
import type { TiffFile } from './directory.ts'
import type { TiffPage } from './page.ts'
import { tags } from './tags.ts'

/** The colour map of a palette page of up to 8 bits: three bytes an entry. @throws Refusal CORRUPT when it is missing or short */
export function readColorMap(file: TiffFile, { directory, bits }: TiffPage): Uint8Array {
  const entries = 2 ** bits
  const entry = directory.entries.get(tags.colorMap)
  if (entry === undefined || entry.count < 3 * entries)
    throw new Refusal(
      'CORRUPT',
      `The palette of the TIFF has ${entry?.count ?? 0} values; ${bits} bits need ${3 * entries}.`,
    )
  // All reds come first, then all greens, then all blues, each of 16 bits.
  const wide = Uint16Array.from({ length: 3 * entries }, (_, i) =>
    file.value(entry, (i % 3) * entries + Math.floor(i / 3)),
  )
  // Some writers leave 8-bit values in the 16-bit fields.
  const shift = wide.some((value) => value > 255) ? 8 : 0
  return Uint8Array.from(wide, (value) => value >> shift)
}
