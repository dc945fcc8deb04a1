import sharp from 'sharp'

/** A PNG of 8-bit samples. */
export async function pngOf(
  width: number,
  height: number,
  channels: 1 | 3 | 4,
  samples: readonly number[],
): Promise<Uint8Array> {
  const raw = sharp(Uint8Array.from(samples), { raw: { width, height, channels } })
  return new Uint8Array(await (channels === 1 ? raw.toColourspace('b-w') : raw).png().toBuffer())
}
