/** Rewrites `n` unsigned labels of `fromBytes` each as labels of `toBytes` each (1 → 2, 1 → 4, 2 → 4); returns `to`. */
export function widen(from: usize, fromBytes: u32, to: usize, toBytes: u32, n: u32): usize {
  if (toBytes == 2) widenRun<u8, u16>(from, to, n)
  else if (fromBytes == 1) widenRun<u8, u32>(from, to, n)
  else widenRun<u16, u32>(from, to, n)
  return to
}

/** May write 15 bytes too far. */
@inline
function widenRun<From, To>(from: usize, to: usize, n: u32): void {
  for (let i: u32 = 0; i < n; i += 16 / sizeof<To>()) {
    const source = from + i * sizeof<From>()
    const target = to + i * sizeof<To>()
    if (sizeof<From>() == 1 && sizeof<To>() == 2) v128.store(target, v128.load_ext<u8>(source))
    else if (sizeof<From>() == 2) v128.store(target, v128.load_ext<u16>(source))
    else v128.store(target, i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load(source))))
  }
}
