/**
 * Linear memory is laid out by hand and used again from one job to the next: fixed tables first, then what the
 * job needs (its arena), then the pair hash, which alone may grow.
 */

/** SIMD code reads and writes whole blocks: every buffer has this many unused bytes before and behind it. */
export const MARGIN: usize = 128

/** 256 × 256 counts of 32 bits. */
export const DENSE_TABLE: usize = aligned(__heap_base)
const DENSE_BYTES: usize = 256 * 256 * 4

/** 16 × 16 bytes and 16 more, see `copy-match`. */
export const MATCH_PATTERNS: usize = DENSE_TABLE + DENSE_BYTES
export const MATCH_STEPS: usize = MATCH_PATTERNS + 256

/** 8192 slots of pairs, see `pair-hash`. */
export const RECENT_PAIRS: usize = aligned(MATCH_STEPS + 16)
export const RECENT_BYTES: usize = 8192 * 16

/** 16 bytes of the row above and what is left of them, see `unfilter`. */
export const ABOVE: usize = RECENT_PAIRS + RECENT_BYTES

/** First byte of a job's own buffers. */
export const ARENA: usize = ABOVE + 64 + MARGIN

/** Rounds up to the next multiple of a cache line. */
export function aligned(address: usize): usize {
  return (address + 63) & ~63
}

/** Grows memory to reach `end`; false when the engine has no more. */
export function reserve(end: u64): bool {
  const pages = (end + 0xffff) >> 16
  const present = <u64>memory.size()
  if (pages <= present) return true
  if (pages > 65_536) return false
  return memory.grow(<i32>(pages - present)) >= 0
}
