import type { SoftPair, SoftSide } from './soft-pair.ts'

/** Some counted pixels of a pair, in the order of the image. The arrays are used again for the next block. */
export interface PixelBlock {
  readonly count: number
  /** Items of one class: that of class c of pixel i is at c · stride + i. */
  readonly stride: number
  /** The class of each pixel, where the ground truth is hard; else its probabilities are in `p`. */
  readonly truth?: Int32Array
  readonly p: Float64Array
  readonly q: Float64Array
}

/** Probabilities of one block: few enough to stay in the cache of a core while they are met by every score. */
const blockItems = 32_768

/** How many pixels a block has: from 64 up to 4,096. */
const strideFor = (classes: number): number =>
  Math.min(4096, Math.max(64, Math.floor(blockItems / Math.max(1, classes))))

/** Gives every counted pixel of a pair, block after block. */
export function forEachBlock(pair: SoftPair, work: (block: PixelBlock) => void): void {
  const { classes, keep, groundTruth, prediction } = pair
  const stride = strideFor(classes.length)
  const truth = groundTruth.kind === 'labels' ? new Int32Array(stride) : undefined
  const p = new Float64Array(truth ? 0 : stride * classes.length)
  const q = new Float64Array(stride * classes.length)
  const indexOf = new Map(classes.map((label, index) => [label, index]))
  const kept = new Int32Array(stride)
  for (let from = 0; from < keep.length; from += stride) {
    const to = Math.min(from + stride, keep.length)
    let count = 0
    for (let i = from; i < to; i++) if (keep[i] === 1) kept[count++] = i - from
    if (count === 0) continue
    const places = count < to - from ? kept.subarray(0, count) : undefined
    if (groundTruth.kind === 'labels' && truth)
      readClasses(groundTruth.labels, from, to, indexOf, places, truth)
    else readSide(groundTruth, { from, to, stride }, indexOf, places, p)
    readSide(prediction, { from, to, stride }, indexOf, places, q)
    work({ count, stride, ...(truth && { truth }), p, q })
  }
}

/** The class of each kept pixel. Neighbours mostly have one label, so the last one is remembered. */
function readClasses(
  labels: ArrayLike<number>,
  from: number,
  to: number,
  indexOf: ReadonlyMap<number, number>,
  places: Int32Array | undefined,
  out: Int32Array,
): void {
  const count = places?.length ?? to - from
  let last = Number.NaN
  let index = -1
  for (let k = 0; k < count; k++) {
    const label = labels[from + (places ? places[k] : k)]
    if (label !== last) {
      last = label
      index = indexOf.get(label) ?? -1
    }
    out[k] = index
  }
}

interface Span {
  readonly from: number
  readonly to: number
  readonly stride: number
}

/** The probabilities of each kept pixel, class by class; those of labels are 0 and 1. */
function readSide(
  side: SoftSide,
  { from, to, stride }: Span,
  indexOf: ReadonlyMap<number, number>,
  places: Int32Array | undefined,
  out: Float64Array,
): void {
  if (side.kind === 'labels') {
    const count = places?.length ?? to - from
    const classes = new Int32Array(count)
    readClasses(side.labels, from, to, indexOf, places, classes)
    out.fill(0)
    for (let k = 0; k < count; k++) out[classes[k] * stride + k] = 1
    return
  }
  for (let c = 0; c < indexOf.size; c++) {
    const at = c * stride
    side.read(c, from, to, out, at)
    if (places) for (let k = 0; k < places.length; k++) out[at + k] = out[at + places[k]]
  }
}
