/** From this many irregular pixels in 16 bytes on, all are done one by one. */
const NOISE: u32 = 8

/**
 * Undoes a row's filter (PNG specification, section 9). T is a pixel: u8, or u16 for 16-bit samples, whose two
 * bytes are filtered each by itself.
 *
 * A mask's filtered bytes are nearly all 0, and the rows above are runs, so 16 bytes at a time are a copy or one
 * value; only where something changes a pixel is computed by itself. Up to 31 bytes past the row are overwritten.
 * Left of `row` and `above` lies a zero pixel. False when there is no such filter.
 */
export function unfilterRow<T>(filter: u32, from: usize, row: usize, above: usize, bytes: usize): bool {
  switch (filter) {
    case 0:
      memory.copy(row, from, bytes)
      return true
    case 1:
      undoSub<T>(from, row, bytes)
      return true
    case 2:
      undoUp(from, row, above, bytes)
      return true
    case 3:
      undoAverage<T>(from, row, above, bytes)
      return true
    case 4:
      undoPaeth<T>(from, row, above, bytes)
      return true
    default:
      return false
  }
}

function undoUp(from: usize, row: usize, above: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16)
    v128.store(row + i, i8x16.add(v128.load(from + i), v128.load(above + i)))
}

/** Running sums within 16 bytes, and the last of them carried on. */
function undoSub<T>(from: usize, row: usize, bytes: usize): void {
  const zero = i8x16.splat(0)
  let carried = zero
  for (let i: usize = 0; i < bytes; i += 16) {
    let sums = v128.load(from + i)
    if (!v128.any_true(sums)) {
      v128.store(row + i, carried)
      continue
    }
    if (sizeof<T>() == 1)
      sums = i8x16.add(sums, v128.shuffle<u8>(zero, sums, 0, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30))
    sums = i8x16.add(sums, v128.shuffle<u16>(zero, sums, 0, 8, 9, 10, 11, 12, 13, 14))
    sums = i8x16.add(sums, v128.shuffle<u32>(zero, sums, 0, 4, 5, 6))
    sums = i8x16.add(sums, v128.shuffle<u64>(zero, sums, 0, 2))
    sums = i8x16.add(sums, carried)
    v128.store(row + i, sums)
    carried =
      sizeof<T>() == 1
        ? v128.shuffle<u8>(sums, sums, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15)
        : v128.shuffle<u16>(sums, sums, 7, 7, 7, 7, 7, 7, 7, 7)
  }
}

function undoAverage<T>(from: usize, row: usize, above: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i++) {
    const left = <u32>load<u8>(row + i - sizeof<T>())
    store<u8>(row + i, <u8>(load<u8>(from + i) + ((left + load<u8>(above + i)) >> 1)))
  }
}

function undoPaeth<T>(from: usize, row: usize, above: usize, bytes: usize): void {
  const zero = i8x16.splat(0)
  const lanes: u32 = 16 / sizeof<T>()
  let left: u32 = 0
  for (let i: usize = 0; i < bytes; i += 16) {
    const raw = v128.load(from + i)
    const up = v128.load(above + i)
    const upLeft = v128.load(above + i - sizeof<T>())
    if (!v128.any_true(raw)) {
      // Where left equals up-left the prediction is what is above; unchanged, it stays so to the end.
      if (left == <u32>load<T>(above + i - sizeof<T>())) {
        v128.store(row + i, up)
        left = <u32>load<T>(above + i + 16 - sizeof<T>())
        continue
      }
    }
    // Where nothing is added and up equals up-left, a pixel is its left neighbour.
    let changes = lanesOf<T>(same<T>(raw, zero), same<T>(up, upLeft))
    if (changes == 0) {
      v128.store(row + i, splat<T>(left))
      continue
    }
    let at: u32 = 0
    if (<u32>popcnt(changes) > NOISE) {
      for (; at < lanes; at++) left = paethPixel<T>(from, row, above, i + at * sizeof<T>(), left)
      continue
    }
    while (changes != 0) {
      const place = <u32>ctz(changes)
      changes &= changes - 1
      if (place > at) v128.store(row + i + at * sizeof<T>(), splat<T>(left))
      left = paethPixel<T>(from, row, above, i + place * sizeof<T>(), left)
      at = place + 1
    }
    if (at < lanes) v128.store(row + i + at * sizeof<T>(), splat<T>(left))
  }
}

/** The pixel `at` bytes into the row, stored and returned. */
@inline
function paethPixel<T>(from: usize, row: usize, above: usize, at: usize, left: u32): u32 {
  const raw = <u32>load<T>(from + at)
  const up = <u32>load<T>(above + at)
  const upLeft = <u32>load<T>(above + at - sizeof<T>())
  let pixel = (raw + paeth(left & 255, up & 255, upLeft & 255)) & 255
  if (sizeof<T>() == 2) pixel |= (((raw >> 8) + paeth(left >> 8, up >> 8, upLeft >> 8)) & 255) << 8
  store<T>(row + at, <T>pixel)
  return pixel
}

/** Whichever of the three is nearest to left + up - upLeft; in doubt in that order. */
@inline
function paeth(left: i32, up: i32, upLeft: i32): i32 {
  const toLeft = abs(up - upLeft)
  const toUp = abs(left - upLeft)
  const toUpLeft = abs(left + up - upLeft - upLeft)
  const nearer = select(left, up, toLeft <= toUp)
  return select(nearer, upLeft, min(toLeft, toUp) <= toUpLeft)
}

@inline
function splat<T>(value: u32): v128 {
  return sizeof<T>() == 1 ? i8x16.splat(<i8>value) : i16x8.splat(<i16>value)
}

@inline
function same<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 1 ? i8x16.eq(a, b) : i16x8.eq(a, b)
}

/** A bit for each pixel for which either comparison fails. */
@inline
function lanesOf<T>(a: v128, b: v128): u32 {
  const both = v128.and(a, b)
  return sizeof<T>() == 1 ? ~i8x16.bitmask(both) & 0xffff : ~i16x8.bitmask(both) & 0xff
}
