import { countKeptRuns, countRuns } from './count-runs'
import { beginDense, gatherDense } from './dense-table'
import { ARENA, MARGIN, reserve } from './memory'
import { beginPairs, beginWithoutPairs, gatherPairs, pairsBase, pairsStatus } from './pair-hash'
import { widen } from './widen'

/** Label maps that lie outside of linear memory are counted in blocks of this many pixels. */
export const BLOCK_PIXELS: u32 = 32_768

const SIDE_BYTES: usize = (<usize>BLOCK_PIXELS) * 4 + MARGIN * 3
const GROUND_TRUTH: usize = ARENA
const PREDICTION: usize = GROUND_TRUTH + SIDE_BYTES
const KEEP: usize = PREDICTION + SIDE_BYTES
const WIDENED: usize = KEEP + BLOCK_PIXELS + MARGIN
const END: usize = WIDENED + SIDE_BYTES

let groundTruthBytes: u32 = 1
let predictionBytes: u32 = 1

/** Prepares for maps of that many bytes a label; the hash is used unless both have 1. */
export function beginBlocks(groundTruth: u32, prediction: u32, maxPairs: u32): void {
  groundTruthBytes = groundTruth
  predictionBytes = prediction
  // The dense table's pairs are gathered where the hash would be: a slot for each of the 65,536.
  reserve(<u64>END + (1 << 20) + 64)
  if (max(groundTruth, prediction) == 1) {
    beginDense()
    beginWithoutPairs(END)
  } else beginPairs(END, maxPairs)
}

export function groundTruthBlock(): usize {
  return GROUND_TRUTH
}

export function predictionBlock(): usize {
  return PREDICTION
}

export function keepBlock(): usize {
  return KEEP
}

/** Counts `n` pixels that the host has put into the blocks. Returns a status of the pair hash. */
export function countBlock(n: u32, useKeep: bool): i32 {
  const wide = max(groundTruthBytes, predictionBytes)
  const groundTruth = widenTo(wide, GROUND_TRUTH, groundTruthBytes, n)
  const prediction = widenTo(wide, PREDICTION, predictionBytes, n)
  if (wide == 1) countWith<u8>(groundTruth, prediction, n, useKeep)
  else if (wide == 2) countWith<u16>(groundTruth, prediction, n, useKeep)
  else countWith<u32>(groundTruth, prediction, n, useKeep)
  return pairsStatus()
}

/** Writes what was counted as slots at `pairsBase`, one after another; returns the number of pairs. */
export function gatherBlocks(): u32 {
  return max(groundTruthBytes, predictionBytes) == 1 ? gatherDense(pairsBase()) : gatherPairs()
}

@inline
function widenTo(wide: u32, block: usize, bytes: u32, n: u32): usize {
  // Sides differ in width, so at most one of them is widened.
  return bytes == wide ? block : widen(block, bytes, WIDENED, wide, n)
}

@inline
function countWith<T>(groundTruth: usize, prediction: usize, n: u32, useKeep: bool): void {
  if (useKeep) countKeptRuns<T>(groundTruth, prediction, KEEP, n)
  else countRuns<T>(groundTruth, prediction, n)
}
