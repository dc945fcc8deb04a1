import type { PngStyle } from './png-writer.ts'

/** What makes one pair of masks; the same spec paints the same pixels on every machine. */
export interface PairSpec {
  readonly width: number
  readonly height: number
  /** Cells of the ground truth. */
  readonly cells: number
  /** `binary`, `classes` (19 and void 255), `ids` (a number for each cell) or `noise` (no cells at all). */
  readonly content: 'binary' | 'classes' | 'ids' | 'noise'
  readonly bits: 8 | 16 | 32
  readonly style: PngStyle
  readonly seed: number
  /** How far the warp has moved on, in radians: the slices of a volume. */
  readonly shift?: number
}

/** Cells a pixel of the pair `d`: the density the scale set keeps. */
const density = 5000 / 4096 ** 2

const b: PairSpec = {
  width: 2048,
  height: 1024,
  cells: 260,
  content: 'classes',
  bits: 8,
  style: 'pillow',
  seed: 2,
}
const c: PairSpec = { ...b, cells: 300, content: 'ids', bits: 16, seed: 3 }
const d: PairSpec = { ...c, width: 4096, height: 4096, cells: 5000, seed: 4 }

const scale = (side: number, seed: number): PairSpec => ({
  ...d,
  width: side,
  height: side,
  cells: Math.round(density * side * side),
  seed,
})

const segments = (cells: number, seed: number): PairSpec =>
  cells < 65_000 ? { ...d, cells, seed } : { ...d, cells, bits: 32, style: 'rgb', seed }

/** The pairs by the names the tables use. */
export const pairSpecs = {
  /** 640×480, two labels. */
  a: { ...b, width: 640, height: 480, cells: 46, content: 'binary', seed: 1 },
  /** 2048×1024, 19 classes and void. */
  b,
  bcv: { ...b, style: 'opencv' },
  bpal: { ...b, style: 'palette' },
  brgb: { ...b, style: 'rgb' },
  /** 2048×1024, 300 segments of 16 bits. */
  c,
  ccv: { ...c, style: 'opencv' },
  /** 4096×4096, 5,000 segments of 16 bits. */
  d,
  /** 2048×1024 of random bytes: the worst there is for whoever counts runs. */
  e: { ...b, cells: 0, content: 'noise', seed: 5 },
  px1024: scale(1024, 10),
  px2048: scale(2048, 11),
  px4096: scale(4096, 12),
  px8192: scale(8192, 13),
  seg10: segments(10, 20),
  seg100: segments(100, 21),
  seg1000: segments(1000, 22),
  seg10000: segments(10_000, 23),
  seg60000: segments(60_000, 24),
  /** More labels than 16 bits hold: written as RGB. */
  seg100000: segments(100_000, 25),
} as const satisfies Record<string, PairSpec>

export type PairName = keyof typeof pairSpecs
