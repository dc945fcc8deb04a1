/**
 * What takes the time of resampling: the weights of a group, and rows that are added to the sums of every replicate. Linear
 * memory is laid out by the caller, behind `base()`. All results are those of plain arithmetic on doubles, to the bit.
 */

/** 2^32 · P(X ≤ k) for X of the Poisson distribution of mean 1, as unsigned 32-bit numbers, as many as `thresholds` says. */
const THRESHOLDS: usize = (__heap_base + 63) & ~63
const MAX_THRESHOLDS: u32 = 16
/** The weights of nearly all numbers are told by so many thresholds. */
const USUAL_THRESHOLDS: u32 = 5

let thresholds: u32 = 0

/** First byte that is the caller's. */
export function base(): usize {
  return THRESHOLDS + MAX_THRESHOLDS * 4
}

/** Grows memory to reach `end`; false when the engine has no more. */
export function reserve(end: u32): bool {
  const pages = ((<u64>end) + 0xffff) >> 16
  const present = <u64>memory.size()
  return pages <= present || memory.grow(<i32>(pages - present)) >= 0
}

/** The next threshold, ascending. */
export function addThreshold(threshold: u32): void {
  store<u32>(THRESHOLDS + ((<usize>thresholds) << 2), threshold)
  thresholds++
}

/**
 * The weights of the stream (a, b) in the replicates from `first` on, as doubles at `weights`; writes them in groups of four.
 * The weight of a number is how many thresholds it reaches.
 */
export function poissonWeights(a: u32, b: u32, first: u32, count: u32, weights: usize): void {
  const word = i32x4.splat(a)
  const step = i32x4.splat(0x9e3779b9)
  const four = i32x4.splat(4)
  let replicate = i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3))
  for (let r: u32 = 0; r < count; r += 4) {
    const number = mix(v128.xor(word, mix(i32x4.add(i32x4.splat(b), i32x4.mul(replicate, step)))))
    let weight = i32x4.splat(0)
    for (let k: u32 = 0; k < USUAL_THRESHOLDS; k++)
      weight = i32x4.sub(weight, i32x4.ge_u(number, v128.load32_splat(THRESHOLDS + (<usize>k << 2))))
    for (let k = USUAL_THRESHOLDS; k < thresholds; k++) {
      const reached = i32x4.ge_u(number, v128.load32_splat(THRESHOLDS + (<usize>k << 2)))
      if (!v128.any_true(reached)) break
      weight = i32x4.sub(weight, reached)
    }
    const target = weights + (<usize>r << 3)
    v128.store(target, f64x2.convert_low_i32x4_u(weight))
    v128.store(target, f64x2.convert_low_i32x4_u(i32x4.shuffle(weight, weight, 2, 3, 2, 3)), 16)
    replicate = i32x4.add(replicate, four)
  }
}

/** The finaliser of MurmurHash3, of four words. */
@inline
function mix(word: v128): v128 {
  let h = i32x4.mul(v128.xor(word, i32x4.shr_u(word, 16)), i32x4.splat(0x85ebca6b))
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 13)), i32x4.splat(0xc2b2ae35))
  return v128.xor(h, i32x4.shr_u(h, 16))
}

/**
 * Adds Σ x · w of four rows to some sums, in every replicate.
 *
 * @param slots how many sums: the place of each as a 32-bit number at `places`, the four x of each at `values`
 * @param weights of the four rows, `stride` bytes apart, of `count` replicates each
 * @param sums sum s of replicate r stands at s · count + r
 */
export function addRows(
  slots: u32,
  places: usize,
  values: usize,
  weights: usize,
  stride: usize,
  count: u32,
  sums: usize,
): void {
  const bytes = <usize>count << 3
  let slot: u32 = 0
  for (; slot + 1 < slots; slot += 2) {
    const a = sums + <usize>load<u32>(places + (<usize>slot << 2)) * bytes
    const b = sums + <usize>load<u32>(places + (<usize>slot << 2), 4) * bytes
    addToTwo(a, b, values + (<usize>slot << 5), weights, stride, bytes)
  }
  if (slot < slots) {
    const a = sums + <usize>load<u32>(places + (<usize>slot << 2)) * bytes
    addToOne(a, 0, values + (<usize>slot << 5), weights, stride, bytes)
  }
}

/** Two sums at a time: the weights are loaded once for both. */
function addToTwo(a: usize, b: usize, values: usize, weights: usize, stride: usize, bytes: usize): void {
  const x0 = v128.load64_splat(values)
  const x1 = v128.load64_splat(values, 8)
  const x2 = v128.load64_splat(values, 16)
  const x3 = v128.load64_splat(values, 24)
  const y0 = v128.load64_splat(values, 32)
  const y1 = v128.load64_splat(values, 40)
  const y2 = v128.load64_splat(values, 48)
  const y3 = v128.load64_splat(values, 56)
  const w1 = weights + stride
  const w2 = w1 + stride
  const w3 = w2 + stride
  const end = bytes & ~15
  for (let r: usize = 0; r < end; r += 16) {
    const v0 = v128.load(weights + r)
    const v1 = v128.load(w1 + r)
    const v2 = v128.load(w2 + r)
    const v3 = v128.load(w3 + r)
    v128.store(a + r, f64x2.add(v128.load(a + r), weighted(x0, x1, x2, x3, v0, v1, v2, v3)))
    v128.store(b + r, f64x2.add(v128.load(b + r), weighted(y0, y1, y2, y3, v0, v1, v2, v3)))
  }
  if (end == bytes) return
  addToOne(a, end, values, weights, stride, bytes)
  addToOne(b, end, values + 32, weights, stride, bytes)
}

@inline
function weighted(
  x0: v128,
  x1: v128,
  x2: v128,
  x3: v128,
  v0: v128,
  v1: v128,
  v2: v128,
  v3: v128,
): v128 {
  return f64x2.add(
    f64x2.add(f64x2.mul(x0, v0), f64x2.mul(x1, v1)),
    f64x2.add(f64x2.mul(x2, v2), f64x2.mul(x3, v3)),
  )
}

/** One sum, from byte `from` of its replicates on. */
function addToOne(sum: usize, from: usize, values: usize, weights: usize, stride: usize, bytes: usize): void {
  const x0 = load<f64>(values)
  const x1 = load<f64>(values, 8)
  const x2 = load<f64>(values, 16)
  const x3 = load<f64>(values, 24)
  const w1 = weights + stride
  const w2 = w1 + stride
  const w3 = w2 + stride
  for (let r = from; r < bytes; r += 8) {
    const first = x0 * load<f64>(weights + r) + x1 * load<f64>(w1 + r)
    const second = x2 * load<f64>(w2 + r) + x3 * load<f64>(w3 + r)
    store<f64>(sum + r, load<f64>(sum + r) + (first + second))
  }
}
