import { MATCH_PATTERNS } from './memory'

/**
 * For every distance below 16 the places of 16 bytes within repetitions of that many; and, in place of those for
 * distance 0, how many bytes the whole repetitions make.
 */
export function prepareMatches(): void {
  for (let distance: usize = 1; distance < 16; distance++) {
    for (let i: usize = 0; i < 16; i++) store<u8>(MATCH_PATTERNS + distance * 16 + i, <u8>(i % distance))
    store<u8>(MATCH_PATTERNS + distance, <u8>(16 - (16 % distance)))
  }
}

/** Writes `length` bytes at `to` that repeat what lies `distance` before; up to 15 bytes more are overwritten. */
@inline
export function copyMatch(to: usize, distance: usize, length: usize): void {
  const end = to + length
  if (distance >= 16) {
    do {
      v128.store(to, v128.load(to - distance))
      to += 16
    } while (to < end)
    return
  }
  const repeated = i8x16.swizzle(v128.load(to - distance), v128.load(MATCH_PATTERNS + distance * 16))
  const step = <usize>load<u8>(MATCH_PATTERNS + distance)
  do {
    v128.store(to, repeated)
    to += step
  } while (to < end)
}
