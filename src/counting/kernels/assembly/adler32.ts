import { Stream } from './stream'

const MODULUS: u32 = 65_521
/** As many bytes as can be summed in 32 bits before the remainder has to be taken. */
const BATCH_BYTES: usize = 5552

/** Brings the stream's sums up to all that is inflated. */
export function sumOutput(stream: Stream): void {
  let low = stream.sumLow
  let high = stream.sumHigh
  let at = stream.sumAt
  const end = stream.outputAt
  while (at < end) {
    const batchEnd = min(at + BATCH_BYTES, end)
    const first = low
    const vectors = (batchEnd - at) >> 4
    let sums = i32x4.splat(0)
    let earlier = i32x4.splat(0)
    let weighted = i32x4.splat(0)
    for (const stop = at + (vectors << 4); at < stop; at += 16) {
      const bytes = v128.load(at)
      earlier = i32x4.add(earlier, sums)
      if (!v128.any_true(bytes)) continue
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes)))
      const front = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(bytes), i16x8(16, 15, 14, 13, 12, 11, 10, 9))
      const back = i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(bytes), i16x8(8, 7, 6, 5, 4, 3, 2, 1))
      weighted = i32x4.add(weighted, i32x4.add(front, back))
    }
    low += total(sums)
    high += <u32>(vectors << 4) * first + total(earlier) * 16 + total(weighted)
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
function total(lanes: v128): u32 {
  return (
    i32x4.extract_lane(lanes, 0) +
    i32x4.extract_lane(lanes, 1) +
    i32x4.extract_lane(lanes, 2) +
    i32x4.extract_lane(lanes, 3)
  )
}
