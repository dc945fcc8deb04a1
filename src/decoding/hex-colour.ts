/** The colour whose red, green and blue bytes start at `at`, as `#rrggbb`. */
export function hexColour(samples: Uint8Array, at: number): string {
  const packed = (samples[at] << 16) | (samples[at + 1] << 8) | samples[at + 2]
  return `#${packed.toString(16).padStart(6, '0')}`
}
