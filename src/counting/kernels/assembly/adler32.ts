import { Stream } from './stream'

const MODULUS: u32 = 65_521
const BLOCK_BYTES: usize = 16
/** As many blocks as sums of sums of their bytes stay below 2^16: 255 · (0 + 1 + … + 22) = 64,515. */
const CHUNK_BYTES: usize = 23 * BLOCK_BYTES
/** As many bytes, in whole chunks, as can be summed in 32 bits before the remainder has to be taken. */
const BATCH_BYTES: usize = 15 * CHUNK_BYTES

/**
 * Brings the stream's sums up to all that is inflated. `low` sums the bytes, `high` sums every `low`: so a byte
 * counts in `high` once for itself and once for each byte behind it. No branch looks for zeros: masks have
 * enough of both to make it guess wrong.
 */
export function sumOutput(stream: Stream): void {
  let low = stream.sumLow
  let high = stream.sumHigh
  let at = stream.sumAt
  const end = stream.outputAt
  while (at < end) {
    const batchEnd = min(at + BATCH_BYTES, end)
    while (at + BLOCK_BYTES <= batchEnd) {
      const bytes = min(CHUNK_BYTES, (batchEnd - at) & ~(BLOCK_BYTES - 1))
      // Sixteen columns of 16 bits: what each sums to, and the sum of what each was before every block.
      let front = i16x8.splat(0)
      let back = i16x8.splat(0)
      let frontBefore = i16x8.splat(0)
      let backBefore = i16x8.splat(0)
      for (const stop = at + bytes; at < stop; at += BLOCK_BYTES) {
        const block = v128.load(at)
        frontBefore = i16x8.add(frontBefore, front)
        backBefore = i16x8.add(backBefore, back)
        front = i16x8.add(front, i16x8.extend_low_i8x16_u(block))
        back = i16x8.add(back, i16x8.extend_high_i8x16_u(block))
      }
      const weighted = i32x4.add(
        i32x4.dot_i16x8_s(front, i16x8(16, 15, 14, 13, 12, 11, 10, 9)),
        i32x4.dot_i16x8_s(back, i16x8(8, 7, 6, 5, 4, 3, 2, 1)),
      )
      high += <u32>bytes * low + <u32>BLOCK_BYTES * totalOf(frontBefore, backBefore) + total(weighted)
      low += totalOf(front, back)
    }
    for (; at < batchEnd; at++) {
      low += load<u8>(at)
      high += low
    }
    low %= MODULUS
    high %= MODULUS
  }
  stream.sumLow = low
  stream.sumHigh = high
  stream.sumAt = end
}

@inline
function totalOf(front: v128, back: v128): u32 {
  return total(i32x4.add(i32x4.extadd_pairwise_i16x8_u(front), i32x4.extadd_pairwise_i16x8_u(back)))
}

@inline
function total(lanes: v128): u32 {
  return (
    i32x4.extract_lane(lanes, 0) +
    i32x4.extract_lane(lanes, 1) +
    i32x4.extract_lane(lanes, 2) +
    i32x4.extract_lane(lanes, 3)
  )
}
