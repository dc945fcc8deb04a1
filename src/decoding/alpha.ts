import type { Warning } from '../labels/decoded-mask.ts'
import { problems } from '../problems/catalogue.ts'
import { Refusal } from '../problems/refusal.ts'

const andColor = 'A mask in colour needs `color` or a `preset` as well.'

/** Samples of an image with alpha, pixel by pixel; alpha may be interleaved with them or stand apart. */
export interface AlphaImage {
  readonly colours: Uint8Array | Uint16Array
  /** Samples from one pixel to the next in `colours`, and how many of them are colour. */
  readonly step: number
  readonly channels: number
  readonly alpha: Uint8Array | Uint16Array
  /** Samples from one pixel to the next in `alpha`, and the first one. */
  readonly alphaStep: number
  readonly alphaFirst: number
  /** The alpha of an opaque pixel. */
  readonly opaque: number
}

/**
 * Refuses an image that has a pixel which is not opaque.
 * @throws Refusal ALPHA_NOT_OPAQUE, naming the first such pixel
 */
export function refuseTransparent(
  image: AlphaImage,
  nameOf: (i: number) => string,
  needsColor: boolean,
): void {
  const { alpha, alphaStep, alphaFirst, opaque } = image
  for (let i = 0, at = alphaFirst; at < alpha.length; i++, at += alphaStep) {
    if (alpha[at] === opaque) continue
    const detail = `The alpha of ${nameOf(i)} is ${alpha[at]} of ${opaque}.`
    const values = alphaValues(image)
    if (values > 1)
      throw new Refusal(
        'ALPHA_NOT_OPAQUE',
        `${detail} All pixels have one colour and alpha has ${values} values, so the mask seems to be in the alpha channel: set \`channel\` to "alpha".`,
      ).advising('Set `channel` to "alpha" to read the alpha channel as labels.')
    throw new Refusal(
      'ALPHA_NOT_OPAQUE',
      `${detail} Set \`alpha\` to "ignore" to read the labels under transparent pixels.`,
      [],
      needsColor ? `${problems.ALPHA_NOT_OPAQUE.remedy} ${andColor}` : undefined,
    )
  }
}

/** The warning about labels that are all equal, read under an alpha channel that is not. */
export function maskInAlpha(image: AlphaImage): readonly Warning[] {
  const values = alphaValues(image)
  if (values < 2) return []
  return [
    {
      code: 'MASK_IN_ALPHA',
      message: `All pixels have one colour, and alpha, which was ignored, has ${values} values: the mask seems to be in the alpha channel. Set \`channel\` to "alpha" to read that.`,
    },
  ]
}

/** How many values alpha has in an image of one colour; 0 when it has several colours. */
function alphaValues({ colours, step, channels, alpha, alphaStep, alphaFirst }: AlphaImage): number {
  for (let at = 0; at < colours.length; at += step)
    for (let k = 0; k < channels; k++) if (colours[at + k] !== colours[k]) return 0
  const values = new Set<number>()
  for (let at = alphaFirst; at < alpha.length; at += alphaStep) values.add(alpha[at])
  return values.size
}
