import { ABOVE } from './memory'

/** Whether a filter leaves zeros where a mask hardly changes, so that `unfilterRow` needs the blocks listed. */
@inline
export function leavesZeros(filter: u32): bool {
  return filter == 1 || filter == 2 || filter == 4
}

/**
 * Undoes a row's filter (PNG specification, section 9) in place: `row` holds the row above before, and the row
 * afterwards. T is a pixel: u8, or u16 for 16-bit samples, whose two bytes are filtered each by itself.
 *
 * A mask's filtered bytes are nearly all 0, and rows are runs and mostly equal to those above. So blocks of 16 bytes
 * are left as they are or become one value; only where something changes a pixel is computed by itself. `blocks` to
 * `blocksEnd` list the blocks whose filtered bytes are not all 0, see `filtered-row`; behind them is room for one more.
 * Up to 31 bytes past the row are overwritten. Left of `row` lies a zero pixel. False when there is no such filter.
 */
export function unfilterRow<T>(
  filter: u32,
  from: usize,
  row: usize,
  bytes: usize,
  blocks: usize,
  blocksEnd: usize,
): bool {
  switch (filter) {
    case 0:
      memory.copy(row, from, bytes)
      return true
    case 1:
      undoSub<T>(from, row, bytes, blocks, blocksEnd)
      return true
    case 2:
      undoUp(from, row, blocks, blocksEnd)
      return true
    case 3:
      undoAverage<T>(from, row, bytes)
      return true
    case 4:
      undoPaeth<T>(from, row, bytes, blocks, blocksEnd)
      return true
    default:
      return false
  }
}

function undoUp(from: usize, row: usize, blocks: usize, blocksEnd: usize): void {
  for (let next = blocks; next < blocksEnd; next += 2) {
    const at = <usize>load<u16>(next) << 4
    v128.store(row + at, i8x16.add(v128.load(from + at), v128.load(row + at)))
  }
}

/** Running sums within 16 bytes, and the last of them carried on. */
function undoSub<T>(from: usize, row: usize, bytes: usize, blocks: usize, blocksEnd: usize): void {
  const zero = i8x16.splat(0)
  let carried = zero
  let at: usize = 0
  for (let next = blocks; next < blocksEnd; next += 2) {
    const stop = <usize>load<u16>(next) << 4
    for (; at < stop; at += 16) v128.store(row + at, carried)
    let sums = v128.load(from + at)
    if (sizeof<T>() == 1)
      sums = i8x16.add(sums, v128.shuffle<u8>(zero, sums, 0, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30))
    sums = i8x16.add(sums, v128.shuffle<u16>(zero, sums, 0, 8, 9, 10, 11, 12, 13, 14))
    sums = i8x16.add(sums, v128.shuffle<u32>(zero, sums, 0, 4, 5, 6))
    sums = i8x16.add(sums, v128.shuffle<u64>(zero, sums, 0, 2))
    sums = i8x16.add(sums, carried)
    v128.store(row + at, sums)
    at += 16
    carried =
      sizeof<T>() == 1
        ? v128.shuffle<u8>(sums, sums, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15)
        : v128.shuffle<u16>(sums, sums, 7, 7, 7, 7, 7, 7, 7, 7)
  }
  for (; at < bytes; at += 16) v128.store(row + at, carried)
}

function undoAverage<T>(from: usize, row: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i++) {
    const left = <u32>load<u8>(row + i - sizeof<T>())
    store<u8>(row + i, <u8>(load<u8>(from + i) + ((left + load<u8>(row + i)) >> 1)))
  }
}

function undoPaeth<T>(from: usize, row: usize, bytes: usize, blocks: usize, blocksEnd: usize): void {
  const lanes: u32 = 16 / sizeof<T>()
  const zero = i8x16.splat(0)
  store<u16>(blocksEnd, 0xffff)
  let next = blocks
  let nextAt = <usize>load<u16>(next) << 4
  while (next < blocksEnd) {
    // Where left equals up-left the prediction is what is above: up to the next listed block the row stays as it is.
    let at = nextAt
    let left = <u32>load<T>(row + at - sizeof<T>())
    let upLeft = left
    do {
      const raw = v128.load(from + at)
      const above = v128.load(row + at)
      const shifted =
        sizeof<T>() == 1
          ? v128.shuffle<u8>(splat<T>(upLeft), above, 0, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30)
          : v128.shuffle<u16>(splat<T>(upLeft), above, 0, 8, 9, 10, 11, 12, 13, 14)
      if (at == nextAt) {
        next += 2
        nextAt = <usize>load<u16>(next) << 4
      }
      // Where nothing is added and up equals up-left, a pixel is its left neighbour.
      let changes = lanesOf<T>(same<T>(raw, zero), same<T>(above, shifted))
      if (changes == 0) {
        v128.store(row + at, splat<T>(left))
      } else {
        const behind = v128.load(row + at, 16)
        v128.store(ABOVE, shifted)
        v128.store(ABOVE + sizeof<T>(), above)
        let done: u32 = 0
        // Noise: pixel by pixel.
        if (<u32>popcnt(changes) > lanes >> 1) {
          for (; done < lanes; done++) left = paethPixel<T>(from + at, row + at, done, left, true)
        } else {
          do {
            const place = <u32>ctz(changes)
            changes &= changes - 1
            if (place > done) v128.store(row + at + done * sizeof<T>(), splat<T>(left))
            left = paethPixel<T>(from + at, row + at, place, left, false)
            done = place + 1
          } while (changes != 0)
          if (done < lanes) v128.store(row + at + done * sizeof<T>(), splat<T>(left))
        }
        // What was written at once reached into the next block, whose row above is still needed.
        v128.store(row + at, behind, 16)
        upLeft = <u32>load<T>(ABOVE + 16)
      }
      at += 16
    } while (at < bytes && (at == nextAt || left != upLeft))
  }
}

/** Computes, stores and returns pixel `place` of a block; the pixel above it is copied to `ABOVE`. */
@inline
function paethPixel<T>(from: usize, row: usize, place: usize, left: u32, amidNoise: bool): u32 {
  const at = place * sizeof<T>()
  const raw = <u32>load<T>(from + at)
  const upLeft = <u32>load<T>(ABOVE + at)
  const up = <u32>load<T>(ABOVE + at, sizeof<T>())
  // Of three of which two are equal, up-left among them, the prediction is the third.
  const predicted =
    amidNoise || (left != upLeft && up != upLeft)
      ? paethOf<T>(left, up, upLeft)
      : select<u32>(up, left, left == upLeft)
  const pixel = ((raw & 0x7f7f) + (predicted & 0x7f7f)) ^ ((raw ^ predicted) & 0x8080)
  store<T>(row + at, <T>pixel)
  return pixel
}

/** The prediction for each byte of a pixel. */
@inline
function paethOf<T>(left: u32, up: u32, upLeft: u32): u32 {
  const low = paeth(left & 255, up & 255, upLeft & 255)
  return sizeof<T>() == 1 ? low : low | (paeth(left >> 8, up >> 8, upLeft >> 8) << 8)
}

/** The one of left, up and upLeft that is nearest to left + up - upLeft; of equally near ones the first. */
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
