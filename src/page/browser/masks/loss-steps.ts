import { rampOfBits } from '../../../labels/mask-colours.ts'

/** Where a loss of so many bits lies on the ramp: 0 without a loss, else 1 to 255. */
export const lossStep = (bits: number): number =>
  bits > 0 ? Math.max(1, Math.min(255, Math.round(255 * rampOfBits(bits)))) : 0

/** The same for each of some pixels. */
export const lossSteps = (bits: Float64Array): Uint8Array => Uint8Array.from(bits, lossStep)
