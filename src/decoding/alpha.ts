import { Refusal } from '../problems/refusal.ts'

/**
 * Refuses an image that has a pixel which is not opaque.
 * @param samples pixel-interleaved, alpha last
 * @param opaque the alpha value of an opaque pixel
 * @throws Refusal ALPHA_NOT_OPAQUE, naming the first such pixel
 */
export function refuseTransparent(
  samples: Uint8Array | Uint16Array,
  channels: number,
  opaque: number,
  nameOf: (i: number) => string,
): void {
  for (let at = channels - 1; at < samples.length; at += channels)
    if (samples[at] !== opaque)
      throw new Refusal(
        'ALPHA_NOT_OPAQUE',
        `The alpha of ${nameOf(Math.floor(at / channels))} is ${samples[at]} of ${opaque}. Set \`alpha\` to "ignore" to read the labels under transparent pixels.`,
      )
}
