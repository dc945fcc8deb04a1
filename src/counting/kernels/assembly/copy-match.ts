import { MATCH_PATTERNS, MATCH_STEPS } from './memory'

/** For every distance below 16: which byte of the repeated ones each of 16 bytes is, and how many bytes whole repetitions make. */
export function prepareMatches(): void {
  for (let distance: usize = 1; distance < 16; distance++) {
    for (let i: usize = 0; i < 16; i++) store<u8>(MATCH_PATTERNS + distance * 16 + i, <u8>(i % distance))
    store<u8>(MATCH_STEPS + distance, <u8>(16 - (16 % distance)))
  }
}

/**
 * Writes `length` bytes (258 at most) at `to` that repeat what lies `distance` before; up to 143 bytes more are
 * overwritten. The processor cannot predict the lengths and distances of a mask. So there are three cases of length instead of
 * a loop, and a run of one byte is treated as the distances from 16 on are.
 */
@inline
export function copyMatch(to: usize, distance: usize, length: usize): void {
  // From 2 to 15; 1 wraps round.
  if (distance - 2 < 14) {
    copyPattern(to, distance, length)
    return
  }
  // Distance 0 does not exist. Its entry holds the byte before, 16 times: a run reads it over and over.
  v128.store(MATCH_PATTERNS, v128.load8_splat(to - 1))
  const isRun = distance == 1
  const step = select<usize>(0, 16, isRun)
  let from = select<usize>(MATCH_PATTERNS, to - distance, isRun)
  from = copyTwo(to, from, step)
  if (length <= 32) return
  from = copyTwo(to + 32, from, step)
  from = copyTwo(to + 64, from, step)
  from = copyTwo(to + 96, from, step)
  if (length <= 128) return
  from = copyTwo(to + 128, from, step)
  from = copyTwo(to + 160, from, step)
  from = copyTwo(to + 192, from, step)
  from = copyTwo(to + 224, from, step)
  v128.store(to, v128.load(from), 256)
}

/** Copies two blocks of 16 bytes, which lie `step` apart; returns where the next one lies. */
@inline
function copyTwo(to: usize, from: usize, step: usize): usize {
  v128.store(to, v128.load(from))
  v128.store(to, v128.load(from + step), 16)
  return from + step + step
}

@inline
function copyPattern(to: usize, distance: usize, length: usize): void {
  const repeated = i8x16.swizzle(v128.load(to - distance), v128.load(MATCH_PATTERNS + distance * 16))
  const step = <usize>load<u8>(MATCH_STEPS + distance)
  const end = to + length
  do {
    v128.store(to, repeated)
    to += step
  } while (to < end)
}
