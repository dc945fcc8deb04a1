/** Rewrites samples of 1, 2 or 4 bits, packed into bytes with the first one highest, as a byte each. */
export function unpack(bitDepth: u32, from: usize, to: usize, width: u32): void {
  if (bitDepth == 4) unpackNibbles(from, to, width)
  else if (bitDepth == 2) unpackQuarters(from, to, width)
  else unpackBits(from, to, width)
}

/** May write 31 bytes too far. */
function unpackNibbles(from: usize, to: usize, width: u32): void {
  const low = i8x16.splat(15)
  for (let i: u32 = 0; i < width; i += 32) {
    const bytes = v128.load(from + (i >> 1))
    const first = i8x16.shr_u(bytes, 4)
    const second = v128.and(bytes, low)
    v128.store(to + i, interleaveLow(first, second))
    v128.store(to + i, interleaveHigh(first, second), 16)
  }
}

/** May write 63 bytes too far. */
function unpackQuarters(from: usize, to: usize, width: u32): void {
  const low = i8x16.splat(3)
  for (let i: u32 = 0; i < width; i += 64) {
    const bytes = v128.load(from + (i >> 2))
    const a = i8x16.shr_u(bytes, 6)
    const b = v128.and(i8x16.shr_u(bytes, 4), low)
    const c = v128.and(i8x16.shr_u(bytes, 2), low)
    const d = v128.and(bytes, low)
    storePairs(to + i, interleaveLow(a, b), interleaveLow(c, d))
    storePairs(to + i + 32, interleaveHigh(a, b), interleaveHigh(c, d))
  }
}

/** May write 15 bytes too far. */
function unpackBits(from: usize, to: usize, width: u32): void {
  const bitOfPlace = i8x16(-128, 64, 32, 16, 8, 4, 2, 1, -128, 64, 32, 16, 8, 4, 2, 1)
  const byteOfPlace = i8x16(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1)
  const one = i8x16.splat(1)
  for (let i: u32 = 0; i < width; i += 16) {
    const bytes = i8x16.swizzle(i16x8.splat(load<i16>(from + (i >> 3))), byteOfPlace)
    v128.store(to + i, v128.and(i8x16.eq(v128.and(bytes, bitOfPlace), bitOfPlace), one))
  }
}

/** Bytes a and b in turn, then c and d in turn, as quadruples a b c d. */
@inline
function storePairs(to: usize, ab: v128, cd: v128): void {
  v128.store(to, v128.shuffle<u16>(ab, cd, 0, 8, 1, 9, 2, 10, 3, 11))
  v128.store(to, v128.shuffle<u16>(ab, cd, 4, 12, 5, 13, 6, 14, 7, 15), 16)
}

@inline
function interleaveLow(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
}

@inline
function interleaveHigh(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
}
