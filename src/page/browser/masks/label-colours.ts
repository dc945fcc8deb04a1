import type { Rgb } from '../../../labels/mask-colours.ts'

/** The background is never transparent: it is a label, too. */
const background: Rgb = [0x2b, 0x31, 0x38]
const goldenAngle = 137.50776405003785
const lightnesses = [0.74, 0.62, 0.84]
const chromas = [0.13, 0.085]
const kept = new Map<number, Rgb>()

/** Where two labels look alike, they do not in another choice. */
const choices = 6
let choice = 0

/** Which choice of colours labels have now. */
export const colourChoice = (): number => choice

/** Gives all labels the colours of the next choice; after the last comes the first. */
export function takeOtherColours(): void {
  choice = (choice + 1) % choices
  kept.clear()
}

/**
 * The colour of a label: a function of the label and the choice alone, so that it is the same in every view. The hue turns by
 * the golden angle; lightness and chroma alternate, so that neighbouring numbers also differ without their hue. In other
 * choices than the first the numbers are scattered before.
 */
export function labelColour(label: number): Rgb {
  if (label === 0) return background
  const known = kept.get(label)
  if (known) return known
  // An odd factor keeps all numbers of 32 bits apart.
  const turn = Math.imul(label, 1 + choice * 0x9e3779b0) >>> 0
  const colour = fromOklch(
    lightnesses[turn % 3],
    chromas[Math.floor(turn / 3) % 2],
    (turn * goldenAngle) % 360,
  )
  if (kept.size < 100_000) kept.set(label, colour)
  return colour
}

/** OKLCH → sRGB. Source: B. Ottosson, "A perceptual color space for image processing" (2020). */
function fromOklch(lightness: number, chroma: number, hue: number): Rgb {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)]
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    channel(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

function channel(linear: number): number {
  const light = Math.min(1, Math.max(0, linear))
  const value = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055
  return Math.round(255 * value)
}
