import { Stream } from './stream'

const MODULUS: u32 = 65_521
const BLOCK_BYTES: usize = 64
/** As many bytes, in whole blocks, as can be summed in 32 bits before the remainder has to be taken. */
const BATCH_BYTES: usize = 86 * BLOCK_BYTES

/**
 * Brings the stream's sums up to all that is inflated. `low` sums the bytes, `high` sums every `low`: so within a
 * block a byte counts once for itself and once for each byte behind it. No branch looks for zeros: masks have
 * enough of both to make it guess wrong.
 */
export function sumOutput(stream: Stream): void {
  let low = stream.sumLow
  let high = stream.sumHigh
  let at = stream.sumAt
  const end = stream.outputAt
  while (at < end) {
    const batchEnd = min(at + BATCH_BYTES, end)
    const lowBefore = low
    const blockBytes = (batchEnd - at) & ~(BLOCK_BYTES - 1)
    let sums = i32x4.splat(0)
    let earlier = i32x4.splat(0)
    let weighted = i32x4.splat(0)
    for (const stop = at + blockBytes; at < stop; at += BLOCK_BYTES) {
      const a = v128.load(at)
      const b = v128.load(at, 16)
      const c = v128.load(at, 32)
      const d = v128.load(at, 48)
      earlier = i32x4.add(earlier, sums)
      const front = i16x8.add(i16x8.extadd_pairwise_i8x16_u(a), i16x8.extadd_pairwise_i8x16_u(b))
      const back = i16x8.add(i16x8.extadd_pairwise_i8x16_u(c), i16x8.extadd_pairwise_i8x16_u(d))
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.add(front, back)))
      const first = weigh(a, i16x8(64, 63, 62, 61, 60, 59, 58, 57), i16x8(56, 55, 54, 53, 52, 51, 50, 49))
      const second = weigh(b, i16x8(48, 47, 46, 45, 44, 43, 42, 41), i16x8(40, 39, 38, 37, 36, 35, 34, 33))
      const third = weigh(c, i16x8(32, 31, 30, 29, 28, 27, 26, 25), i16x8(24, 23, 22, 21, 20, 19, 18, 17))
      const fourth = weigh(d, i16x8(16, 15, 14, 13, 12, 11, 10, 9), i16x8(8, 7, 6, 5, 4, 3, 2, 1))
      weighted = i32x4.add(weighted, i32x4.add(i32x4.add(first, second), i32x4.add(third, fourth)))
    }
    low += total(sums)
    high += <u32>blockBytes * lowBefore + total(earlier) * <u32>BLOCK_BYTES + total(weighted)
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
function weigh(bytes: v128, front: v128, back: v128): v128 {
  return i32x4.add(
    i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(bytes), front),
    i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(bytes), back),
  )
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
