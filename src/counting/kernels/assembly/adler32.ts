import { Stream } from './stream'

/**
 * The checksum of a stream's rows, brought up to the end of the row at `rowAt`. `low` sums the bytes, `high` sums every
 * `low`: so a byte counts in `high` once for itself and once for each byte behind it.
 */

const MODULUS: u32 = 65_521
const BLOCK_BYTES: usize = 16
/** Largest number of blocks for which the sums of the bytes' sums stay below 2^16: 255 · (0 + 1 + … + 22) = 64,515. */
const CHUNK_BYTES: usize = 23 * BLOCK_BYTES
/** Largest number of bytes, in whole chunks, that can be summed in 32 bits before the remainder has to be taken. */
const BATCH_BYTES: usize = 15 * CHUNK_BYTES
/** The same where sums are taken of whole blocks: 255 · (1 + 2 + … + 4,096) < 2^31.1. */
const SEGMENT_BYTES: usize = 4096

/** Sums a row that may hold anything: every byte is read. */
export function sumRow(stream: Stream): void {
  let low = stream.sumLow
  let high = stream.sumHigh
  let at = stream.rowAt
  const end = at + 1 + stream.rowBytes
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
      high += <u32>bytes * low + <u32>BLOCK_BYTES * total(sumsOf(frontBefore, backBefore)) + total(weighted(front, back))
      low += total(sumsOf(front, back))
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
}

/** Sums a row whose only blocks that are not all 0 are listed from `stream.blocks` to `blocksEnd`, see `filtered-row`. */
export function sumListedRow(stream: Stream, blocksEnd: usize): void {
  let low = stream.sumLow + load<u8>(stream.rowAt)
  let high = stream.sumHigh + low
  const from = stream.rowAt + 1
  const bytes = stream.rowBytes
  const inBlocks = bytes & ~(BLOCK_BYTES - 1)
  let next = stream.blocks
  for (let start: usize = 0; start < inBlocks; start += SEGMENT_BYTES) {
    const stop = min(start + SEGMENT_BYTES, inBlocks)
    let sums = i32x4.splat(0)
    let later = i32x4.splat(0)
    for (; next < blocksEnd; next += 2) {
      const at = <usize>load<u16>(next) << 4
      if (at >= stop) break
      const block = v128.load(from + at)
      const front = i16x8.extend_low_i8x16_u(block)
      const back = i16x8.extend_high_i8x16_u(block)
      const sum = sumsOf(front, back)
      sums = i32x4.add(sums, sum)
      later = i32x4.add(later, i32x4.mul(sum, i32x4.splat(<i32>(stop - BLOCK_BYTES - at))))
      later = i32x4.add(later, weighted(front, back))
    }
    high = (high + <u32>(stop - start) * low + total(later)) % MODULUS
    low = (low + total(sums)) % MODULUS
  }
  for (let at = inBlocks; at < bytes; at++) {
    low += load<u8>(from + at)
    high += low
  }
  stream.sumLow = low % MODULUS
  stream.sumHigh = high % MODULUS
}

@inline
function sumsOf(front: v128, back: v128): v128 {
  return i32x4.add(i32x4.extadd_pairwise_i16x8_u(front), i32x4.extadd_pairwise_i16x8_u(back))
}

/** Weighs each byte by its distance from the end of the block, itself included. */
@inline
function weighted(front: v128, back: v128): v128 {
  return i32x4.add(
    i32x4.dot_i16x8_s(front, i16x8(16, 15, 14, 13, 12, 11, 10, 9)),
    i32x4.dot_i16x8_s(back, i16x8(8, 7, 6, 5, 4, 3, 2, 1)),
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
