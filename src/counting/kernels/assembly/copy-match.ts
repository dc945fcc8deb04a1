import { MATCH_PATTERNS } from './memory'

/**
 * For every distance below 16 the places of 16 bytes within repetitions of that many; and, in place of those for
 * distance 0, how many bytes the whole repetitions make.
 */
export function prepareMatches(): void {
  for (let distance: usize = 1; distance < 16; distance++) {
    for (let i: usize = 0; i < 16; i++) store<u8>(MATCH_PATTERNS + distance * 16 + i, <u8>(i % distance))
    store<u8>(MATCH_PATTERNS + 256 + distance, <u8>(16 - (16 % distance)))
  }
}

/** Writes `length` bytes at `to` that repeat what lies `distance` before; up to 127 bytes more are overwritten. */
@inline
export function copyMatch(to: usize, distance: usize, length: usize): void {
  if (distance - 2 >= 14) {
    v128.store(MATCH_PATTERNS, v128.load8_splat(to - 1))
    const isRun = distance == 1
    const step = select<usize>(0, 16, isRun)
    let from = select<usize>(MATCH_PATTERNS, to - distance, isRun)
    v128.store(to, v128.load(from))
    from += step
    v128.store(to, v128.load(from), 16)
    if (length <= 32) return
    from += step
    v128.store(to, v128.load(from), 32)
    from += step
    v128.store(to, v128.load(from), 48)
    from += step
    v128.store(to, v128.load(from), 64)
    from += step
    v128.store(to, v128.load(from), 80)
    from += step
    v128.store(to, v128.load(from), 96)
    from += step
    v128.store(to, v128.load(from), 112)
    if (length <= 128) return
    from += step
    v128.store(to, v128.load(from), 128)
    from += step
    v128.store(to, v128.load(from), 144)
    from += step
    v128.store(to, v128.load(from), 160)
    from += step
    v128.store(to, v128.load(from), 176)
    from += step
    v128.store(to, v128.load(from), 192)
    from += step
    v128.store(to, v128.load(from), 208)
    from += step
    v128.store(to, v128.load(from), 224)
    from += step
    v128.store(to, v128.load(from), 240)
    from += step
    v128.store(to, v128.load(from), 256)
    return
  }
  const repeated = i8x16.swizzle(v128.load(to - distance), v128.load(MATCH_PATTERNS + distance * 16))
  const step = <usize>load<u8>(MATCH_PATTERNS + 256 + distance)
  const end = to + length
  do {
    v128.store(to, repeated)
    to += step
  } while (to < end)
}
