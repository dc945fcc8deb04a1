import type { Warning } from '../../labels/decoded-mask.ts'
import type { VolumeGeometry } from '../../labels/volume-geometry.ts'
import type { StoredNumbers } from '../integral-labels.ts'

/** Sides of a mask. */
export interface MapSize {
  readonly width: number
  readonly height: number
  readonly depth: number
}

/** Numbers of one probability map as its file stores them, before it is known which axis holds the channels. */
export interface StoredArray {
  /** Last axis fastest. */
  readonly items: StoredNumbers
  /** Lengths of the axes, outermost first. */
  readonly shape: readonly number[]
  /** Type of an item, e.g. `float32`; `bool` is 0 and 1. */
  readonly type: ArrayType
  readonly format: string
  readonly warnings: readonly Warning[]
  /** Sides of the mask, whether it is a volume whatever its depth, and where its voxels lie: where the file says so. */
  readonly size?: MapSize
  readonly isVolume?: boolean
  readonly geometry?: VolumeGeometry
}

/** Types that probabilities are stored in; integers are parts of their largest value. */
const arrayTypes = ['bool', 'uint8', 'uint16', 'float16', 'float32', 'float64'] as const
export type ArrayType = (typeof arrayTypes)[number]

export const isArrayType = (name: string): name is ArrayType => arrayTypes.some((type) => type === name)

/** What a stored integer is divided by. */
export const divisors: Readonly<Record<ArrayType, number>> = {
  bool: 1,
  uint8: 255,
  uint16: 65_535,
  float16: 1,
  float32: 1,
  float64: 1,
}

/** Distance of neighbouring values below 1: what rounding may have moved one of them by, twice. */
export const stepsOf: Readonly<Record<ArrayType, number>> = {
  bool: 0,
  uint8: 1 / 255,
  uint16: 1 / 65_535,
  float16: 2 ** -11,
  float32: 2 ** -24,
  float64: 2 ** -53,
}
