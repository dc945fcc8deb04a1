import { sumListedRow, sumRow } from './adler32'
import { countRuns } from './count-runs'
import { beginDense, gatherDense } from './dense-table'
import { Inflated, inflate, unusedInput } from './inflate'
import { listBlocks } from './filtered-row'
import { aligned, ARENA, MARGIN, reserve } from './memory'
import { beginPairs, beginWithoutPairs, gatherPairs, PAIRS_OK, pairsBase, pairsStatus, settlePairs } from './pair-hash'
import { addInput, inputRoom, openStream, slideOutput, Stream, streamEnd } from './stream'
import { leavesZeros, unfilterRow } from './unfilter'
import { unpack } from './unpack'
import { widen } from './widen'

/** Why decoding has stopped, and so what the host has to do. */
export const enum Rows {
  /** All rows are done, and both streams have ended as they must. */
  All,
  /** A stream needs input: the ground truth's, the prediction's (or the only one's). */
  NeedsGroundTruth,
  NeedsPrediction,
  Damaged,
  /** The stage is full (decoding only). */
  StageFull,
  /** The hash is at a limit: call `pairsStatus`. */
  PairsRefused,
  /** As many rows as were asked for are counted, and there are more. */
  Paused,
}

/** Decoded rows wait here for the host to fetch them. */
const STAGE_BYTES: usize = 65_536

let groundTruth = changetype<Stream>(0)
let prediction = changetype<Stream>(0)
let widened: usize = 0
let stage: usize = 0
let stageAt: usize = 0
let width: u32 = 0
let rowsLeft: u32 = 0
/** The ground truth's row of the current pair is unfiltered, the prediction's is not yet. */
let halfway: bool = false

/** Prepares for counting two PNGs of one size; false when there is no memory. */
export function beginPair(
  imageWidth: u32,
  imageHeight: u32,
  groundTruthDepth: u32,
  predictionDepth: u32,
  maxPairs: u32,
): bool {
  const first = ARENA
  const second = aligned(streamEnd(first, rowBytesOf(imageWidth, groundTruthDepth), imageWidth))
  widened = aligned(streamEnd(second, rowBytesOf(imageWidth, predictionDepth), imageWidth))
  const end = aligned(widened + (<usize>imageWidth << 1) + MARGIN)
  // The dense table's pairs are gathered where the hash would be: a slot for each of the 65,536.
  if (!reserve(<u64>end + (1 << 20) + 64)) return false
  groundTruth = openStream(first, rowBytesOf(imageWidth, groundTruthDepth), groundTruthDepth)
  prediction = openStream(second, rowBytesOf(imageWidth, predictionDepth), predictionDepth)
  width = imageWidth
  rowsLeft = imageHeight
  halfway = false
  if (countedDense()) {
    beginDense()
    beginWithoutPairs(end)
  } else beginPairs(end, maxPairs)
  return pairsStatus() == PAIRS_OK
}

/** Prepares for decoding one PNG, as the prediction; false when there is no memory. */
export function beginImage(imageWidth: u32, imageHeight: u32, bitDepth: u32): bool {
  const rowBytes = rowBytesOf(imageWidth, bitDepth)
  stage = aligned(streamEnd(ARENA, rowBytes, imageWidth))
  if (!reserve(<u64>stage + STAGE_BYTES + (<u64>imageWidth << 1) + MARGIN)) return false
  prediction = openStream(ARENA, rowBytes, bitDepth)
  width = imageWidth
  rowsLeft = imageHeight
  return true
}

/** Where the host may put up to `INPUT_BYTES` more compressed bytes of a stream. */
export function roomFor(ofGroundTruth: bool): usize {
  return inputRoom(ofGroundTruth ? groundTruth : prediction)
}

export function fed(ofGroundTruth: bool, bytes: usize, isLast: bool): void {
  addInput(ofGroundTruth ? groundTruth : prediction, bytes, isLast)
}

/** Number of compressed bytes that follow the stream's end. */
export function unused(ofGroundTruth: bool): usize {
  return unusedInput(ofGroundTruth ? groundTruth : prediction)
}

/** Decodes and counts rows of both images in turn, at most `most`. */
export function countRows(most: u32): Rows {
  let counted: u32 = 0
  while (rowsLeft > 0) {
    if (counted >= most) return Rows.Paused
    if (!halfway) {
      const got = nextRow(groundTruth)
      if (got != Inflated.Some) return reason(got, Rows.NeedsGroundTruth)
      halfway = true
    }
    const got = nextRow(prediction)
    if (got != Inflated.Some) return reason(got, Rows.NeedsPrediction)
    halfway = false
    rowsLeft--
    counted++
    countRow()
    if (pairsStatus() != PAIRS_OK) return Rows.PairsRefused
  }
  const first = finish(groundTruth)
  if (first != Inflated.All) return reason(first, Rows.NeedsGroundTruth)
  const second = finish(prediction)
  if (second != Inflated.All) return reason(second, Rows.NeedsPrediction)
  return settlePairs() == PAIRS_OK ? Rows.All : Rows.PairsRefused
}

/** Writes what was counted as slots at `pairsBase`; returns the number of pairs. Samples of 16 bits are big-endian. */
export function gatherRows(): u32 {
  return countedDense() ? gatherDense(pairsBase()) : gatherPairs()
}

/** Decodes rows into the stage, 8 bits or 16 (little-endian) a sample. */
export function decodeRows(): Rows {
  stageAt = stage
  while (rowsLeft > 0) {
    if (stageAt - stage >= STAGE_BYTES) return Rows.StageFull
    const got = nextRow(prediction)
    if (got != Inflated.Some) return reason(got, Rows.NeedsPrediction)
    rowsLeft--
    stageRow()
  }
  const ended = finish(prediction)
  return ended == Inflated.All ? Rows.All : reason(ended, Rows.NeedsPrediction)
}

export function stagedRows(): usize {
  return stage
}

export function stagedBytes(): usize {
  return stageAt - stage
}

/** Unfilters one more row (`Some`), or says why it cannot. */
function nextRow(stream: Stream): Inflated {
  const needed = stream.rowBytes + 1
  while (stream.outputAt - stream.rowAt < needed) {
    if (stream.outputAt >= stream.outputEnd) slideOutput(stream)
    const got = inflate(stream)
    if (got == Inflated.Damaged) return got
    if (stream.outputAt - stream.rowAt >= needed) break
    if (got == Inflated.NeedsInput) return got
    // The stream is over, and this row is not there.
    if (got == Inflated.All) return Inflated.Damaged
  }
  const row = stream.row
  const blocks = stream.blocks
  const filter = load<u8>(stream.rowAt)
  let blocksEnd = blocks
  if (leavesZeros(filter)) {
    blocksEnd = listBlocks(stream)
    sumListedRow(stream, blocksEnd)
  } else sumRow(stream)
  const from = stream.rowAt + 1
  stream.rowAt = from + stream.rowBytes
  const known =
    stream.bitDepth == 16
      ? unfilterRow<u16>(filter, from, row, stream.rowBytes, blocks, blocksEnd)
      : unfilterRow<u8>(filter, from, row, stream.rowBytes, blocks, blocksEnd)
  if (!known) return Inflated.Damaged
  if (stream.bitDepth < 8) unpack(stream.bitDepth, row, stream.unpacked, width)
  return Inflated.Some
}

/** Reads a stream to its end after its last row: `All` when only its checksum was left, and it is right. */
function finish(stream: Stream): Inflated {
  if (stream.outputAt >= stream.outputEnd) slideOutput(stream)
  const got = inflate(stream)
  if (stream.outputAt > stream.rowAt) return Inflated.Damaged
  if (got != Inflated.All) return got
  return stream.expectedSum == ((stream.sumHigh << 16) | stream.sumLow) ? got : Inflated.Damaged
}

function countRow(): void {
  const g = samplesOf(groundTruth)
  const p = samplesOf(prediction)
  if (countedDense()) {
    countRuns<u8>(g, p, width)
    return
  }
  countRuns<u16>(
    groundTruth.bitDepth == 16 ? g : widen(g, 1, widened, 2, width),
    prediction.bitDepth == 16 ? p : widen(p, 1, widened, 2, width),
    width,
  )
}

@inline
function countedDense(): bool {
  return groundTruth.bitDepth < 16 && prediction.bitDepth < 16
}

function stageRow(): void {
  const samples = samplesOf(prediction)
  if (prediction.bitDepth < 16) {
    memory.copy(stageAt, samples, width)
    stageAt += width
    return
  }
  for (let i: usize = 0; i < <usize>width << 1; i += 16) {
    const bytes = v128.load(samples + i)
    v128.store(stageAt + i, i8x16.swizzle(bytes, i8x16(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14)))
  }
  stageAt += <usize>width << 1
}

/** The current row, at least a byte a sample. */
@inline
function samplesOf(stream: Stream): usize {
  return stream.bitDepth < 8 ? stream.unpacked : stream.row
}

@inline
function rowBytesOf(imageWidth: u32, bitDepth: u32): usize {
  return <usize>((<u64>imageWidth * bitDepth + 7) >> 3)
}

@inline
function reason(got: Inflated, needs: Rows): Rows {
  return got == Inflated.NeedsInput ? needs : Rows.Damaged
}
