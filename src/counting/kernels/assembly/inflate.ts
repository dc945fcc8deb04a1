import { copyMatch } from './copy-match'
import {
  Alphabet,
  buildTable,
  DISTANCE_BITS,
  END,
  INVALID,
  LENGTH_CODE_BITS,
  LITERAL,
  LITERAL_BITS,
  SUBTABLE,
} from './huffman'
import { INPUT_RESERVE, Phase, Stream } from './stream'

/** Why `inflate` has come back. */
export const enum Inflated {
  /** The output is full. */
  Some,
  NeedsInput,
  /** The stream has ended; its checksum is still to be compared. */
  All,
  Damaged,
}

/** Continues to inflate (RFC 1950 and 1951) until the output is full, more input is needed, or the stream has ended. */
export function inflate(stream: Stream): Inflated {
  while (stream.phase != Phase.Done) {
    if (stream.outputAt >= stream.outputEnd) return Inflated.Some
    if (!stream.inputIsLast && stream.inputEnd - stream.inputAt < INPUT_RESERVE) return Inflated.NeedsInput
    switch (stream.phase) {
      case Phase.Header:
        if (!readHeader(stream)) return Inflated.Damaged
        break
      case Phase.Block:
        if (!readBlockHeader(stream)) return Inflated.Damaged
        break
      case Phase.Stored:
        copyStored(stream)
        break
      case Phase.Codes:
        if (!inflateCodes(stream)) return Inflated.Damaged
        break
      default:
        readTrailer(stream)
    }
    if (ranPastInput(stream)) return Inflated.Damaged
    if (stream.phase == Phase.Stored && stream.inputIsLast && stream.inputAt >= stream.inputEnd)
      return Inflated.Damaged
  }
  return Inflated.All
}

/** Compressed bytes in the buffer that the stream has not used. */
export function unusedInput(stream: Stream): usize {
  return stream.inputEnd - nextByte(stream)
}

function readHeader(stream: Stream): bool {
  const method = takeBits(stream, 8)
  const flags = takeBits(stream, 8)
  stream.phase = Phase.Block
  // Deflate with a window of at most 32 KiB, no dictionary, and a multiple of 31.
  return (method & 15) == 8 && method >> 4 <= 7 && (flags & 32) == 0 && ((method << 8) | flags) % 31 == 0
}

function readBlockHeader(stream: Stream): bool {
  if (stream.isLastBlock) {
    alignToByte(stream)
    stream.phase = Phase.Trailer
    return true
  }
  stream.isLastBlock = takeBits(stream, 1) != 0
  const type = takeBits(stream, 2)
  if (type == 0) return readStoredHeader(stream)
  stream.phase = Phase.Codes
  if (type == 1) return buildFixedTables(stream)
  return type == 2 && readDynamicTables(stream)
}

function readStoredHeader(stream: Stream): bool {
  alignToByte(stream)
  const length = load<u16>(stream.inputAt)
  const complement = load<u16>(stream.inputAt, 2)
  stream.inputAt += 4
  stream.storedLeft = length
  stream.phase = length == 0 ? Phase.Block : Phase.Stored
  return (length ^ complement) == 0xffff
}

function copyStored(stream: Stream): void {
  const room = min(stream.outputEnd - stream.outputAt, stream.inputEnd - stream.inputAt)
  const bytes = min(<usize>stream.storedLeft, room)
  memory.copy(stream.outputAt, stream.inputAt, bytes)
  stream.inputAt += bytes
  stream.outputAt += bytes
  stream.storedLeft -= <u32>bytes
  if (stream.storedLeft == 0) stream.phase = Phase.Block
}

function readTrailer(stream: Stream): void {
  stream.expectedSum = bswap<u32>(load<u32>(stream.inputAt))
  stream.inputAt += 4
  stream.phase = Phase.Done
}

function buildFixedTables(stream: Stream): bool {
  const lengths = stream.scratch
  memory.fill(lengths, 8, 144)
  memory.fill(lengths + 144, 9, 112)
  memory.fill(lengths + 256, 7, 24)
  memory.fill(lengths + 280, 8, 8)
  memory.fill(lengths + 288, 5, 32)
  return buildTables(stream, 288, 32)
}

function readDynamicTables(stream: Stream): bool {
  const literals = takeBits(stream, 5) + 257
  const distances = takeBits(stream, 5) + 1
  const codeLengths = takeBits(stream, 4) + 4
  if (literals > 286 || distances > 30) return false
  const lengths = stream.scratch
  const ofCodes = lengths + 320
  memory.fill(ofCodes, 0, 19)
  for (let i: u32 = 0; i < codeLengths; i++) store<u8>(ofCodes + lengthCodeAt(i), <u8>takeBits(stream, 3))
  // The table for lengths is not needed later: it takes the place of the distances'.
  const table = stream.distanceTable
  if (!buildTable(Alphabet.CodeLengths, ofCodes, 19, table, sorting(stream))) return false
  const all = literals + distances
  for (let i: u32 = 0; i < all; ) {
    refill(stream)
    const entry = load<u32>(table + (<usize>(stream.bits & ((1 << LENGTH_CODE_BITS) - 1)) << 2))
    drop(stream, entry & 255)
    const symbol = (entry >> 12) & 0xffff
    if ((entry & INVALID) != 0) return false
    if (symbol < 16) {
      store<u8>(lengths + i++, <u8>symbol)
      continue
    }
    if (symbol == 16 && i == 0) return false
    const repeated = symbol == 16 ? load<u8>(lengths + i - 1) : 0
    const times =
      symbol == 16 ? 3 + takeBits(stream, 2) : symbol == 17 ? 3 + takeBits(stream, 3) : 11 + takeBits(stream, 7)
    if (i + times > all) return false
    memory.fill(lengths + i, repeated, times)
    i += times
  }
  // A block without a code for its end is damaged.
  if (load<u8>(lengths + 256) == 0) return false
  return buildTables(stream, literals, distances)
}

function buildTables(stream: Stream, literals: u32, distances: u32): bool {
  const lengths = stream.scratch
  return (
    buildTable(Alphabet.Literals, lengths, literals, stream.literalTable, sorting(stream)) &&
    buildTable(Alphabet.Distances, lengths + literals, distances, stream.distanceTable, sorting(stream))
  )
}

@inline
function sorting(stream: Stream): usize {
  return stream.scratch + 512
}

/** The order in which a dynamic block gives the lengths of the length codes. */
function lengthCodeAt(i: u32): u32 {
  if (i < 3) return 16 + i
  if (i == 3) return 0
  // 8 7 9 6 10 5 11 4 12 3 13 2 14 1 15
  return i & 1 ? 7 - ((i - 5) >> 1) : 8 + ((i - 4) >> 1)
}

/** The hot loop: literals and matches until the block, the input or the output ends. */
function inflateCodes(stream: Stream): bool {
  const literalTable = stream.literalTable
  const distanceTable = stream.distanceTable
  const outputStart = stream.outputStart
  const outputEnd = stream.outputEnd
  // Eight bytes are read at once; past the last byte, `ranPastInput` tells.
  const inputStop = stream.inputIsLast ? stream.inputEnd + 8 : stream.inputEnd - 64
  let input = stream.inputAt
  let output = stream.outputAt
  let bits = stream.bits
  let bitCount = stream.bitCount
  let sound = true
  while (output < outputEnd && input < inputStop) {
    // At least 56 bits: a length and a distance with their extra bits take 48.
    bits |= load<u64>(input) << bitCount
    input += (63 - bitCount) >> 3
    bitCount |= 56
    let entry = load<u32>(literalTable + ((<usize>bits & ((1 << LITERAL_BITS) - 1)) << 2))
    if (entry & LITERAL) {
      store<u8>(output++, <u8>(entry >> 12))
      bits >>= entry & 255
      bitCount -= entry & 255
      entry = load<u32>(literalTable + ((<usize>bits & ((1 << LITERAL_BITS) - 1)) << 2))
      if (entry & LITERAL) {
        store<u8>(output++, <u8>(entry >> 12))
        bits >>= entry & 255
        bitCount -= entry & 255
        entry = load<u32>(literalTable + ((<usize>bits & ((1 << LITERAL_BITS) - 1)) << 2))
        if (entry & LITERAL) {
          store<u8>(output++, <u8>(entry >> 12))
          bits >>= entry & 255
          bitCount -= entry & 255
          continue
        }
      }
      bits |= load<u64>(input) << bitCount
      input += (63 - bitCount) >> 3
      bitCount |= 56
    }
    if (entry & SUBTABLE) {
      const index = ((entry >> 12) & 0xffff) + <u32>((bits >> LITERAL_BITS) & ((1 << ((entry >> 8) & 15)) - 1))
      entry = load<u32>(literalTable + (<usize>index << 2))
      if (entry & LITERAL) {
        store<u8>(output++, <u8>(entry >> 12))
        bits >>= entry & 255
        bitCount -= entry & 255
        continue
      }
    }
    if (entry & (END | INVALID)) {
      bits >>= entry & 255
      bitCount -= entry & 255
      stream.phase = Phase.Block
      sound = (entry & END) != 0
      break
    }
    const length = valueOf(entry, bits)
    bits >>= entry & 255
    bitCount -= entry & 255
    entry = load<u32>(distanceTable + ((<usize>bits & ((1 << DISTANCE_BITS) - 1)) << 2))
    if (entry & SUBTABLE) {
      const index = ((entry >> 12) & 0xffff) + <u32>((bits >> DISTANCE_BITS) & ((1 << ((entry >> 8) & 15)) - 1))
      entry = load<u32>(distanceTable + (<usize>index << 2))
    }
    const distance = <usize>valueOf(entry, bits)
    bits >>= entry & 255
    bitCount -= entry & 255
    if ((entry & INVALID) != 0 || distance > output - outputStart) {
      sound = false
      break
    }
    copyMatch(output, distance, length)
    output += length
  }
  stream.inputAt = input
  stream.outputAt = output
  stream.bits = bits
  stream.bitCount = bitCount
  return sound
}

/** An entry's base and the extra bits behind its code. */
@inline
function valueOf(entry: u32, bits: u64): u32 {
  const taken = <u32>(bits & (((<u64>1) << (entry & 255)) - 1))
  return ((entry >> 12) & 0xffff) + (taken >> ((entry >> 8) & 15))
}

@inline
function refill(stream: Stream): void {
  stream.bits |= load<u64>(stream.inputAt) << stream.bitCount
  stream.inputAt += (63 - stream.bitCount) >> 3
  stream.bitCount |= 56
}

@inline
function drop(stream: Stream, count: u32): void {
  stream.bits >>= count
  stream.bitCount -= count
}

function takeBits(stream: Stream, count: u32): u32 {
  refill(stream)
  const taken = <u32>stream.bits & ((1 << count) - 1)
  drop(stream, count)
  return taken
}

/** Skips the rest of the current byte, and gives back the bytes that were read ahead. */
function alignToByte(stream: Stream): void {
  stream.inputAt = nextByte(stream)
  stream.bits = 0
  stream.bitCount = 0
}

@inline
function nextByte(stream: Stream): usize {
  return stream.inputAt - (stream.bitCount >> 3)
}

@inline
function ranPastInput(stream: Stream): bool {
  return nextByte(stream) > stream.inputEnd
}
