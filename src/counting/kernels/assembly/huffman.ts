/**
 * Decoding tables of Huffman codes: an entry describes the symbol whose code the next bits start with.
 * Codes longer than the table's bits go through a subtable.
 *
 *   bits 0-7    bits to take: the code's, and the extra bits behind it
 *   bits 8-11   bits of the code alone; of a subtable: bits of its index
 *   bits 12-27  the literal, the base of the length or distance, or where the subtable begins
 *   bits 28-31  what it is
 */
export const LITERAL: u32 = 1 << 31
export const SUBTABLE: u32 = 1 << 30
export const END: u32 = 1 << 29
export const INVALID: u32 = 1 << 28

export const LITERAL_BITS: u32 = 11
export const DISTANCE_BITS: u32 = 8
export const LENGTH_CODE_BITS: u32 = 7

const MAX_CODE_BITS: u32 = 15

export const enum Alphabet {
  Literals,
  Distances,
  CodeLengths,
}

/**
 * Builds the table of `symbols` codes, whose lengths (0: not used) are bytes at `lengths`; `scratch` takes 704 bytes.
 * False when no such code exists, under the rules of zlib: too many codes of a length, or codes left over,
 * unless the only code has one bit.
 */
export function buildTable(alphabet: Alphabet, lengths: usize, symbols: u32, table: usize, scratch: usize): bool {
  const tableBits =
    alphabet == Alphabet.Literals ? LITERAL_BITS : alphabet == Alphabet.Distances ? DISTANCE_BITS : LENGTH_CODE_BITS
  const counts = scratch
  const starts = scratch + 32
  const sorted = scratch + 64
  memory.fill(counts, 0, 32)
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const count = counts + (<usize>load<u8>(lengths + symbol) << 1)
    store<u16>(count, load<u16>(count) + 1)
  }
  let longest = MAX_CODE_BITS
  while (longest > 0 && load<u16>(counts + (longest << 1)) == 0) longest--
  let left: i32 = 1
  let start: u32 = 0
  for (let length: u32 = 1; length <= MAX_CODE_BITS; length++) {
    const count = load<u16>(counts + (length << 1))
    left = (left << 1) - <i32>count
    if (left < 0) return false
    store<u16>(starts + (length << 1), <u16>start)
    start += count
  }
  const incomplete = left > 0
  if (incomplete && longest > 1) return false
  if (incomplete && longest == 1 && alphabet == Alphabet.CodeLengths) return false
  if (incomplete)
    for (let i: u32 = 0; i < (<u32>1) << tableBits; i++) store<u32>(table + (i << 2), INVALID | 1)
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const length = load<u8>(lengths + symbol)
    if (length == 0) continue
    const place = starts + (<usize>length << 1)
    store<u16>(sorted + (<usize>load<u16>(place) << 1), <u16>symbol)
    store<u16>(place, load<u16>(place) + 1)
  }
  fill(alphabet, tableBits, longest, counts, sorted, table)
  return true
}

function fill(
  alphabet: Alphabet,
  tableBits: u32,
  longest: u32,
  counts: usize,
  sorted: usize,
  table: usize,
): void {
  const size: u32 = (<u32>1) << tableBits
  const subtableBits = longest > tableBits ? longest - tableBits : 0
  let nextSubtable = size
  let openPrefix: u32 = 0xffffffff
  // The code, its first bit lowest, as it stands in the stream.
  let code: u32 = 0
  let at = sorted
  for (let length: u32 = 1; length <= longest; length++) {
    for (let count = load<u16>(counts + (length << 1)); count > 0; count--) {
      const entry = entryOf(alphabet, load<u16>(at), length)
      at += 2
      if (length <= tableBits) {
        for (let i = code; i < size; i += (<u32>1) << length) store<u32>(table + (i << 2), entry)
      } else {
        const prefix = code & (size - 1)
        if (prefix != openPrefix) {
          openPrefix = prefix
          store<u32>(table + (prefix << 2), SUBTABLE | (nextSubtable << 12) | (subtableBits << 8))
          nextSubtable += (<u32>1) << subtableBits
        }
        const subtable = load<u32>(table + (prefix << 2)) >> 12 & 0xffff
        for (let i = code >> tableBits; i < (<u32>1) << subtableBits; i += (<u32>1) << (length - tableBits))
          store<u32>(table + ((subtable + i) << 2), entry)
      }
      code = following(code, length)
    }
  }
}

/** The next code of that length: one more, in reversed bit order. */
@inline
function following(code: u32, length: u32): u32 {
  let bit: u32 = (<u32>1) << (length - 1)
  while (code & bit) bit >>= 1
  return bit == 0 ? 0 : (code & (bit - 1)) | bit
}

function entryOf(alphabet: Alphabet, symbol: u32, length: u32): u32 {
  if (alphabet == Alphabet.CodeLengths) return (symbol << 12) | (length << 8) | length
  if (alphabet == Alphabet.Distances) {
    if (symbol > 29) return INVALID | length
    if (symbol < 4) return valued(1 + symbol, 0, length)
    const extra = (symbol >> 1) - 1
    return valued(1 + ((2 + (symbol & 1)) << extra), extra, length)
  }
  if (symbol < 256) return LITERAL | valued(symbol, 0, length)
  if (symbol == 256) return END | valued(0, 0, length)
  const step = symbol - 257
  if (step < 8) return valued(3 + step, 0, length)
  if (step < 28) {
    const extra = (step >> 2) - 1
    return valued(3 + ((4 + (step & 3)) << extra), extra, length)
  }
  return step == 28 ? valued(258, 0, length) : INVALID | length
}

@inline
function valued(value: u32, extra: u32, length: u32): u32 {
  return (value << 12) | (length << 8) | (length + extra)
}
