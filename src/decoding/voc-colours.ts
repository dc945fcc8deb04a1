/**
 * The colour of each index by Pascal VOC's rule, as 0xRRGGBB: bits 0, 3, 6 of the index are the highest bits of red,
 * bits 1, 4, 7 those of green, bits 2, 5 those of blue. All 256 differ, so a colour has one index.
 * Source: `VOClabelcolormap` of the VOC development kit.
 */
function vocColour(index: number): number {
  let colour = 0
  for (let bit = 0; bit < 8; bit++)
    if ((index >> bit) & 1) colour |= 1 << (8 * (2 - (bit % 3)) + 7 - Math.floor(bit / 3))
  return colour
}

/** Index of each colour of a Pascal VOC palette. */
export const vocColours: ReadonlyMap<number, number> = new Map(
  Array.from({ length: 256 }, (_, index) => [vocColour(index), index]),
)
