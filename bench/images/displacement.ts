import type { Random } from './random.ts'

/** One smooth component of a displacement: a plane wave, kept as what its row and column factors need. */
interface Wave {
  readonly amplitude: number
  readonly kx: number
  readonly ky: number
  readonly phase: number
}

/** A smooth displacement along one axis, in pixels: a few plane waves of random direction. */
export type Displacement = readonly Wave[]

/** `reach`: about how far pixels move; `wavelength`: over what distance the movement changes; both in pixels. */
export function smoothDisplacement(reach: number, wavelength: number, random: Random): Displacement {
  return [1, 0.6, 0.35].map((share) => {
    const direction = 2 * Math.PI * random()
    const k = (2 * Math.PI) / (wavelength * share)
    return {
      amplitude: reach * share,
      kx: k * Math.cos(direction),
      ky: k * Math.sin(direction),
      phase: 2 * Math.PI * random(),
    }
  })
}

/** The same waves further on, by `phase` radians: neighbouring slices of a volume. */
export function shifted(displacement: Displacement, phase: number): Displacement {
  return displacement.map((wave) => ({ ...wave, phase: wave.phase + phase }))
}

/**
 * Writes one row of the sum of waves into `out`. sin(kx·x + r) = sin(kx·x)·cos r + cos(kx·x)·sin r, so a row costs
 * two multiplications a wave and pixel, and no sine.
 */
export function rowSampler(
  displacement: Displacement,
  width: number,
): (y: number, out: Float64Array) => void {
  const tables = displacement.map(({ kx }) => ({
    sine: Float64Array.from({ length: width }, (_, x) => Math.sin(kx * x)),
    cosine: Float64Array.from({ length: width }, (_, x) => Math.cos(kx * x)),
  }))
  return (y, out) => {
    out.fill(0)
    displacement.forEach((wave, k) => {
      const { sine, cosine } = tables[k]
      const c = wave.amplitude * Math.cos(wave.ky * y + wave.phase)
      const s = wave.amplitude * Math.sin(wave.ky * y + wave.phase)
      for (let x = 0; x < width; x++) out[x] += c * sine[x] + s * cosine[x]
    })
  }
}
