import { aligned, RECENT_BYTES, RECENT_PAIRS, reserve } from './memory'

/**
 * Counts of label pairs: open addressing, at most half full. A slot is 16 bytes: the pair as one 64-bit key
 * (ground truth in the low half, prediction in the high), then its count; a count of 0 marks the slot free.
 */
const SLOT_SHIFT: u32 = 4
const SLOT_BYTES: usize = 16
const FIRST_CAPACITY_SHIFT: u32 = 12

/** The recent pairs are placed by the high bits of their hash, as many as they have slots for. */
const RECENT_SHIFT: u64 = 51

/** A limit was reached: nothing was stored, and the counts must not be used. */
export const PAIRS_OK: i32 = 0
export const PAIRS_LIMIT: i32 = 1
export const PAIRS_MEMORY: i32 = 2

/** Random and odd, chosen by the host, so that nobody can prepare masks whose pairs all collide. */
let factor: u64 = 0x9e3779b97f4a7c15

let base: usize = 0
let end: usize = 0
let shift: u64 = 0
let size: u32 = 0
let maxSize: u32 = 0
let status: i32 = PAIRS_OK
/** The pairs are counted here, not in the dense table. */
let isUsed: bool = false

export function seedPairs(random: u64): void {
  factor = random | 1
}

/** The pairs are counted in the dense table, and gathered at `address`. */
export function beginWithoutPairs(address: usize): void {
  base = aligned(address)
  isUsed = false
  status = PAIRS_OK
}

/** Starts an empty hash at `address`; nothing else may lie behind it. */
export function beginPairs(address: usize, maxPairs: u32): void {
  base = aligned(address)
  isUsed = true
  maxSize = maxPairs
  size = 0
  memory.fill(RECENT_PAIRS, 0, RECENT_BYTES)
  status = open(base, FIRST_CAPACITY_SHIFT) ? PAIRS_OK : PAIRS_MEMORY
}

export function pairsStatus(): i32 {
  return status
}

/** Where the slots begin. */
export function pairsBase(): usize {
  return base
}

/**
 * Adds `count` (> 0) to the pair's count. Rows meet the pairs of the row above again: recent pairs are counted in a
 * small table, which the hash of a large image's many pairs does not push out of the fastest cache; a pair that loses
 * its slot there goes on to the hash.
 */
@inline
export function addPair(key: u64, count: u64): void {
  const slot = RECENT_PAIRS + (<usize>((key * factor) >> RECENT_SHIFT) << SLOT_SHIFT)
  const held = load<u64>(slot, 8)
  if (load<u64>(slot) == key) {
    store<u64>(slot, held + count, 8)
    return
  }
  replaceRecent(slot, key, count)
}

function replaceRecent(slot: usize, key: u64, count: u64): void {
  const held = load<u64>(slot, 8)
  if (held != 0) addToHash(load<u64>(slot), held)
  store<u64>(slot, key)
  store<u64>(slot, count, 8)
}

/** Moves the recent pairs into the hash and returns its status. Call it before pairs are gathered. */
export function settlePairs(): i32 {
  if (!isUsed) return status
  for (let slot = RECENT_PAIRS; slot < RECENT_PAIRS + RECENT_BYTES; slot += SLOT_BYTES) {
    const held = load<u64>(slot, 8)
    if (held != 0) addToHash(load<u64>(slot), held)
    store<u64>(slot, 0, 8)
  }
  return status
}

function addToHash(key: u64, count: u64): void {
  let slot = slotOf(key)
  for (;;) {
    const held = load<u64>(slot, 8)
    if (held == 0) break
    if (load<u64>(slot) == key) {
      store<u64>(slot, held + count, 8)
      return
    }
    slot = next(slot)
  }
  if (size == maxSize) {
    status = PAIRS_LIMIT
    return
  }
  store<u64>(slot, key)
  store<u64>(slot, count, 8)
  size++
  if (<u64>size << (SLOT_SHIFT + 1) > <u64>(end - base)) grow()
}

/** Moves the occupied slots together at the base and returns their number. The hash cannot be used afterwards. */
export function gatherPairs(): u32 {
  let to = base
  for (let from = base; from < end; from += SLOT_BYTES) {
    if (load<u64>(from, 8) == 0) continue
    v128.store(to, v128.load(from))
    to += SLOT_BYTES
  }
  return size
}

@inline
function slotOf(key: u64): usize {
  return base + (<usize>((key * factor) >> shift) << SLOT_SHIFT)
}

@inline
function next(slot: usize): usize {
  const following = slot + SLOT_BYTES
  return following == end ? base : following
}

/** Takes 2^capacityShift free slots at `address`. */
function open(address: usize, capacityShift: u32): bool {
  const bytes: u64 = (<u64>1) << (capacityShift + SLOT_SHIFT)
  if (!reserve(<u64>address + bytes)) return false
  memory.fill(address, 0, <usize>bytes)
  end = address + <usize>bytes
  shift = 64 - capacityShift
  return true
}

/** Doubles the hash: a new one is filled behind the old one and then moved back to its start. */
function grow(): void {
  const oldBase = base
  const oldEnd = end
  const capacityShift = <u32>(64 - shift)
  if (!open(oldEnd, capacityShift + 1)) {
    status = PAIRS_MEMORY
    maxSize = size
    return
  }
  base = oldEnd
  for (let from = oldBase; from < oldEnd; from += SLOT_BYTES) {
    if (load<u64>(from, 8) == 0) continue
    let to = slotOf(load<u64>(from))
    while (load<u64>(to, 8) != 0) to = next(to)
    v128.store(to, v128.load(from))
  }
  memory.copy(oldBase, base, end - base)
  end = oldBase + (end - base)
  base = oldBase
}
