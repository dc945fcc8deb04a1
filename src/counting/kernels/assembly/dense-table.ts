import { DENSE_TABLE } from './memory'

/** Counts of pairs of 8-bit labels: one 32-bit counter for each of the 65,536. */

@inline
export function addDense(groundTruth: u32, prediction: u32, count: u32): void {
  const counter = DENSE_TABLE + ((groundTruth << 10) | (prediction << 2))
  store<u32>(counter, load<u32>(counter) + count)
}

/** A job has counted, and its counts were not gathered. */
let isUsed: bool = false

/** Starts an empty table. Small images would take less time to count than all counters to clear: who gathers leaves zeros. */
export function beginDense(): void {
  if (isUsed) memory.fill(DENSE_TABLE, 0, 256 * 256 * 4)
  isUsed = true
}

/** Moves the pairs that occur to `to`, as slots of the pair hash; returns how many. 1 MiB at most. */
export function gatherDense(to: usize): u32 {
  const first = to
  isUsed = false
  for (let at: usize = 0; at < 65_536; at += 16) {
    const counters = DENSE_TABLE + (at << 2)
    const a = v128.or(v128.load(counters), v128.load(counters, 16))
    const b = v128.or(v128.load(counters, 32), v128.load(counters, 48))
    if (!v128.any_true(v128.or(a, b))) continue
    for (let place = at; place < at + 16; place++) {
      const count = load<u32>(DENSE_TABLE + (place << 2))
      if (count == 0) continue
      store<u32>(DENSE_TABLE + (place << 2), 0)
      store<u32>(to, <u32>(place >> 8))
      store<u32>(to, <u32>(place & 255), 4)
      store<u64>(to, count, 8)
      to += 16
    }
  }
  return <u32>((to - first) >> 4)
}
