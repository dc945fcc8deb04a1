import { Stream } from './stream'

const MODULUS: u32 = 65_521
const BLOCK_BYTES: usize = 16
/** As many bytes as can be summed in 32 bits before the remainder has to be taken: 255 · (1 + 2 + … + 4,096) < 2^31.1. */
const SEGMENT_BYTES: usize = 4096

/**
 * Lists the blocks of 16 bytes that are not all 0 in the filtered row at `rowAt`, as 16-bit numbers from 0 on at
 * `stream.blocks`, and brings the stream's Adler-32 up to the row's end. Returns the list's end.
 *
 * Nearly all filtered bytes of a mask are 0: what is done to the listed blocks alone is nearly free. `low` of the
 * checksum sums the bytes, `high` sums every `low`: so a byte counts in `high` once for itself and once for each byte
 * behind it, and zeros count for nothing.
 */
export function listBlocks(stream: Stream): usize {
  let low = stream.sumLow + load<u8>(stream.rowAt)
  let high = stream.sumHigh + low
  const from = stream.rowAt + 1
  const bytes = stream.rowBytes
  const inBlocks = bytes & ~(BLOCK_BYTES - 1)
  let list = stream.blocks
  for (let start: usize = 0; start < inBlocks; start += SEGMENT_BYTES) {
    const stop = min(start + SEGMENT_BYTES, inBlocks)
    const first = list
    // No branch: masks have enough of both kinds to make it guess wrong.
    let at = start
    for (; at + BLOCK_BYTES * 4 <= stop; at += BLOCK_BYTES * 4) {
      const address = from + at
      const block = <u32>(at >> 4)
      store<u16>(list, <u16>block)
      list += <usize>v128.any_true(v128.load(address)) << 1
      store<u16>(list, <u16>(block + 1))
      list += <usize>v128.any_true(v128.load(address, 16)) << 1
      store<u16>(list, <u16>(block + 2))
      list += <usize>v128.any_true(v128.load(address, 32)) << 1
      store<u16>(list, <u16>(block + 3))
      list += <usize>v128.any_true(v128.load(address, 48)) << 1
    }
    for (; at < stop; at += BLOCK_BYTES) {
      store<u16>(list, <u16>(at >> 4))
      list += <usize>v128.any_true(v128.load(from + at)) << 1
    }
    let sums = i32x4.splat(0)
    let weighted = i32x4.splat(0)
    for (let next = first; next < list; next += 2) {
      const at = <usize>load<u16>(next) << 4
      const block = v128.load(from + at)
      const sum = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(block))
      sums = i32x4.add(sums, sum)
      weighted = i32x4.add(weighted, i32x4.mul(sum, i32x4.splat(<i32>(stop - BLOCK_BYTES - at))))
      const front = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(block), i16x8(16, 15, 14, 13, 12, 11, 10, 9))
      const back = i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(block), i16x8(8, 7, 6, 5, 4, 3, 2, 1))
      weighted = i32x4.add(weighted, i32x4.add(front, back))
    }
    high = (high + <u32>(stop - start) * low + total(weighted)) % MODULUS
    low = (low + total(sums)) % MODULUS
  }
  let last: u32 = 0
  for (let at = inBlocks; at < bytes; at++) {
    const byte = <u32>load<u8>(from + at)
    last |= byte
    low += byte
    high += low
  }
  if (last != 0) {
    store<u16>(list, <u16>(inBlocks >> 4))
    list += 2
  }
  stream.sumLow = low % MODULUS
  stream.sumHigh = high % MODULUS
  return list
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
