import { addDense } from './dense-table'
import { addPair } from './pair-hash'

/** From this many changes in 64 pixels on, one pixel a step costs less than a search for changes. */
const NOISE: u64 = 32

/**
 * Counts the pairs of two stretches of `n` labels, both of type T.
 *
 * Every pixel is compared with the one before it, 16 bytes at a time, and only the places where either map
 * changes are visited. Reads up to 64 labels past the end; what is there does not matter.
 */
export function countRuns<T>(groundTruth: usize, prediction: usize, n: u32): void {
  if (n == 0) return
  let start: u32 = 0
  for (let i: u32 = 1; i < n; i += 64) {
    const g = groundTruth + i * sizeof<T>()
    const p = prediction + i * sizeof<T>()
    const same0 = v128.and(sameAsBefore<T>(g, 0), sameAsBefore<T>(p, 0))
    const same1 = v128.and(sameAsBefore<T>(g, 16), sameAsBefore<T>(p, 16))
    const same2 = v128.and(sameAsBefore<T>(g, 32), sameAsBefore<T>(p, 32))
    const same3 = v128.and(sameAsBefore<T>(g, 48), sameAsBefore<T>(p, 48))
    if (i8x16.all_true(v128.and(v128.and(same0, same1), v128.and(same2, same3)))) continue
    const low = <u64>i8x16.bitmask(same0) | (<u64>i8x16.bitmask(same1) << 16)
    const high = <u64>i8x16.bitmask(same2) | (<u64>i8x16.bitmask(same3) << 16)
    let changes = ~(low | (high << 32))
    if (n - i < 64) changes &= ((<u64>1) << (n - i)) - 1
    if (sizeof<T>() == 1 && popcnt(changes) > NOISE) {
      add<T>(groundTruth, prediction, i - 1, i - start)
      const stop = min(i + 64, n)
      for (let at = i; at < stop; at++) add<T>(groundTruth, prediction, at, 1)
      start = stop
      continue
    }
    while (changes != 0) {
      const at = i + <u32>ctz(changes)
      changes &= changes - 1
      add<T>(groundTruth, prediction, at - 1, at - start)
      start = at
    }
  }
  if (start < n) add<T>(groundTruth, prediction, n - 1, n - start)
}

/** `countRuns` of the stretches whose `keep` bytes are not 0. */
export function countKeptRuns<T>(groundTruth: usize, prediction: usize, keep: usize, n: u32): void {
  let start: u32 = 0
  while (start < n) {
    while (start < n && load<u8>(keep + start) == 0) start++
    let end = start
    while (end < n && load<u8>(keep + end) != 0) end++
    countRuns<T>(groundTruth + start * sizeof<T>(), prediction + start * sizeof<T>(), end - start)
    start = end
  }
}

/** 16 bytes, one a label from `at + first` on: 255 where it equals the label before. */
@inline
function sameAsBefore<T>(at: usize, first: usize): v128 {
  const from = at + first * sizeof<T>()
  if (sizeof<T>() == 1) return i8x16.eq(v128.load(from), v128.load(from - 1))
  if (sizeof<T>() == 2) return i8x16.narrow_i16x8_s(same16(from), same16(from + 16))
  return i8x16.narrow_i16x8_s(
    i16x8.narrow_i32x4_s(same32(from), same32(from + 16)),
    i16x8.narrow_i32x4_s(same32(from + 32), same32(from + 48)),
  )
}

@inline
function same16(from: usize): v128 {
  return i16x8.eq(v128.load(from), v128.load(from - 2))
}

@inline
function same32(from: usize): v128 {
  return i32x4.eq(v128.load(from), v128.load(from - 4))
}

/** Adds a run that the label at `at` belongs to. */
@inline
function add<T>(groundTruth: usize, prediction: usize, at: u32, count: u32): void {
  const g = <u32>load<T>(groundTruth + at * sizeof<T>())
  const p = <u32>load<T>(prediction + at * sizeof<T>())
  if (sizeof<T>() == 1) addDense(g, p, count)
  else addPair((<u64>p << 32) | g, count)
}
