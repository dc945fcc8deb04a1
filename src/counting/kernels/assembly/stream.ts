import { aligned, MARGIN } from './memory'

/** Compressed bytes that the host hands over at a time, at most. */
export const INPUT_BYTES: usize = 65_536
/** A block's header, the longest thing that is read in one go, is shorter. */
export const INPUT_RESERVE: usize = 1024
/** How far back a match may reach. */
const WINDOW_BYTES: usize = 32_768
/** Bytes of rows that are inflated at a time. */
const OUTPUT_BYTES: usize = 131_072
/** A match may end this far behind the place where output has to stop, vectors' overhang included. */
const OUTPUT_OVERHANG: usize = 512

/** 2^11 entries and at most 144 subtables of 2^4. */
const LITERAL_TABLE_BYTES: usize = (2048 + 144 * 16) * 4
/** 2^8 entries and at most 16 subtables of 2^7. */
const DISTANCE_TABLE_BYTES: usize = (256 + 16 * 128) * 4
/** Lengths of 320 codes, then of 19; sorting space for 320 symbols. */
const SCRATCH_BYTES: usize = 2048

/** The part of the format that a stream is in. */
export const enum Phase {
  Header,
  Block,
  Stored,
  Codes,
  Trailer,
  Done,
}

/**
 * One PNG's compressed rows on their way: the state of the inflater, its buffers, and the latest row.
 * It lives at a fixed address of linear memory, its buffers right behind it.
 */
@unmanaged
export class Stream {
  /** Compressed bytes not yet taken; `bits` holds the next `bitCount` bits before them. */
  inputAt: usize
  inputEnd: usize
  inputStart: usize
  bits: u64
  bitCount: u32
  /** The host has handed over the last bytes. */
  inputIsLast: bool

  phase: Phase
  isLastBlock: bool
  storedLeft: u32
  literalTable: usize
  distanceTable: usize
  scratch: usize

  /** Inflated bytes: written at `outputAt`, and unfiltered from `rowAt` on. */
  outputStart: usize
  outputAt: usize
  outputEnd: usize
  rowAt: usize

  /** Adler-32 of what lies before `rowAt`, and the one that stands at the stream's end. */
  sumLow: u32
  sumHigh: u32
  expectedSum: u32

  /** Bytes of a row, its filter byte left out. */
  rowBytes: usize
  /** Bits of a sample: 1, 2, 4, 8 or 16. */
  bitDepth: u32
  /** The latest row, unfiltered. */
  row: usize
  /** Numbers of the next row's blocks that are not all 0, see `filtered-row`. */
  blocks: usize
  /** A row of samples of less than 8 bits, a byte each. */
  unpacked: usize
}

/** Lays a stream out at `address`; what it needs ends at the address returned. */
export function streamEnd(address: usize, rowBytes: usize, width: u32): usize {
  return unpackedAt(address, rowBytes) + width + MARGIN
}

/** Starts a stream at `address`, where memory reaches to `streamEnd`. */
export function openStream(address: usize, rowBytes: usize, bitDepth: u32): Stream {
  const stream = changetype<Stream>(address)
  const literalTable = aligned(address + offsetof<Stream>())
  stream.literalTable = literalTable
  stream.distanceTable = literalTable + LITERAL_TABLE_BYTES
  stream.scratch = stream.distanceTable + DISTANCE_TABLE_BYTES
  stream.inputStart = stream.scratch + SCRATCH_BYTES
  stream.inputAt = stream.inputStart
  stream.inputEnd = stream.inputStart
  stream.bits = 0
  stream.bitCount = 0
  stream.inputIsLast = false
  stream.phase = Phase.Header
  stream.isLastBlock = false
  stream.storedLeft = 0

  stream.outputStart = outputAt(address)
  stream.outputAt = stream.outputStart
  stream.outputEnd = stream.outputStart + outputCapacity(rowBytes)
  stream.rowAt = stream.outputStart
  stream.sumLow = 1
  stream.sumHigh = 0

  stream.rowBytes = rowBytes
  stream.bitDepth = bitDepth
  stream.row = rowAt(address, rowBytes)
  stream.blocks = blocksAt(address, rowBytes)
  stream.unpacked = unpackedAt(address, rowBytes)
  // The row above the first is zero, and so is what lies left of every row.
  memory.fill(stream.row - MARGIN, 0, rowBytes + MARGIN * 2)
  return stream
}

/** Makes room at the end of the input by moving what is left of it to the start; returns where bytes may be put. */
export function inputRoom(stream: Stream): usize {
  const left = stream.inputEnd - stream.inputAt
  memory.copy(stream.inputStart, stream.inputAt, left)
  stream.inputAt = stream.inputStart
  stream.inputEnd = stream.inputStart + left
  return stream.inputEnd
}

export function addInput(stream: Stream, bytes: usize, isLast: bool): void {
  stream.inputEnd += bytes
  stream.inputIsLast = isLast
  // What is read past the end must not depend on earlier jobs.
  if (isLast) memory.fill(stream.inputEnd, 0, INPUT_RESERVE)
}

/** Moves what is still needed to the start of the output: bytes not unfiltered yet, and the window. */
export function slideOutput(stream: Stream): void {
  let from = stream.outputStart
  if (stream.outputAt - from > WINDOW_BYTES) from = stream.outputAt - WINDOW_BYTES
  if (stream.rowAt < from) from = stream.rowAt
  const distance = from - stream.outputStart
  memory.copy(stream.outputStart, from, stream.outputAt - from)
  stream.outputAt -= distance
  stream.rowAt -= distance
}

@inline
function outputAt(address: usize): usize {
  const tables = LITERAL_TABLE_BYTES + DISTANCE_TABLE_BYTES + SCRATCH_BYTES
  // Input is asked for when less than the reserve is left, and may be read that far past its end.
  return aligned(address + offsetof<Stream>()) + tables + INPUT_BYTES + INPUT_RESERVE * 4 + MARGIN
}

@inline
function outputCapacity(rowBytes: usize): usize {
  return WINDOW_BYTES + OUTPUT_BYTES + rowBytes + 1
}

@inline
function rowAt(address: usize, rowBytes: usize): usize {
  return aligned(outputAt(address) + outputCapacity(rowBytes) + OUTPUT_OVERHANG) + MARGIN
}

@inline
function blocksAt(address: usize, rowBytes: usize): usize {
  return aligned(rowAt(address, rowBytes) + rowBytes + MARGIN)
}

@inline
function unpackedAt(address: usize, rowBytes: usize): usize {
  // Two bytes for each block of 16, whole or not, and for one more.
  return aligned(blocksAt(address, rowBytes) + (rowBytes >> 3) + 4) + MARGIN
}
