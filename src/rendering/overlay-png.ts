import sharp from 'sharp'
import { refuseField } from '../problems/refusal.ts'
import type { Overlay } from '../scoring/overlay.ts'
import { overlayPixels } from './overlay-pixels.ts'
import type { Thumbnail } from './thumbnail.ts'

/**
 * The overlay as a PNG with a pixel for each pixel of the masks, over the photo when one was sent.
 * @throws Refusal SIZE_MISMATCH for a photo of another size, UNSUPPORTED_FORMAT for one that cannot be read
 */
export async function overlayPng(overlay: Overlay, maxPixels: number): Promise<Uint8Array> {
  const { width, height } = overlay.groundTruth
  const layer = {
    input: Buffer.from(overlayPixels(overlay).buffer),
    raw: { width, height, channels: 4 as const },
  }
  if (!overlay.photo) return sharp(layer.input, { raw: layer.raw }).png({ compressionLevel: 6 }).toBuffer()
  const photo = await readPhotoOf({ width, height }, overlay.photo, maxPixels)
  return sharp(photo.pixels, { raw: { width, height, channels: 3 } })
    .composite([layer])
    .removeAlpha()
    .png({ compressionLevel: 6 })
    .toBuffer()
}

/** A small picture as a PNG. */
export const thumbnailPng = ({ pixels, width, height }: Thumbnail): Promise<Uint8Array> =>
  sharp(pixels, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 9 })
    .toBuffer()

/**
 * The overlay over its photo, small: the longer side has at most so many pixels.
 * @throws Refusal as `overlayPng`
 */
export async function smallOverlayPng(
  overlay: Overlay,
  maxSide: number,
  maxPixels: number,
): Promise<{ readonly png: Uint8Array; readonly width: number; readonly height: number }> {
  const { data, info } = await sharp(await overlayPng(overlay, maxPixels))
    .resize({ width: maxSide, height: maxSide, fit: 'inside', kernel: 'nearest', withoutEnlargement: true })
    .png({ compressionLevel: 9 })
    .toBuffer({ resolveWithObject: true })
  return { png: data, width: info.width, height: info.height }
}

/**
 * Reads the photo of an image.
 * @throws Refusal SIZE_MISMATCH for a photo of another size, UNSUPPORTED_FORMAT for one that cannot be read
 */
export async function readPhotoOf(
  { width, height }: { readonly width: number; readonly height: number },
  bytes: Uint8Array,
  maxPixels: number,
) {
  const photo = await readPhoto(bytes, maxPixels)
  if (photo.width === width && photo.height === height) return photo
  throw refuseField(
    'SIZE_MISMATCH',
    '/image',
    `The photo is ${photo.width}×${photo.height} and the masks ${width}×${height} pixels.`,
  )
}

/**
 * A photo as browsers show it: upright, sRGB, nothing but its pixels.
 * @param size of the masks that it lies under, where it is known
 * @param maxSide most pixels of the longer side; a JPEG has at most 65,535
 * @throws Refusal SIZE_MISMATCH for a photo of another size, UNSUPPORTED_FORMAT for one that cannot be read
 */
export async function photoJpeg(
  bytes: Uint8Array,
  size: { readonly width: number; readonly height: number } | undefined,
  maxSide: number,
  maxPixels: number,
): Promise<Uint8Array> {
  const { pixels, width, height } = await (size
    ? readPhotoOf(size, bytes, maxPixels)
    : readPhoto(bytes, maxPixels))
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
    .toBuffer()
}

/** Reads the photo as sRGB and applies its orientation. People look at it, so its values need not stay exact. */
async function readPhoto(bytes: Uint8Array, maxPixels: number) {
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' })
      .autoOrient()
      .flatten({ background: '#808080' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    return { pixels: data, width: info.width, height: info.height }
  } catch (error) {
    throw refuseField(
      'UNSUPPORTED_FORMAT',
      '/image',
      `The photo cannot be read as JPEG, PNG, TIFF or WebP: ${(error as Error).message.split('\n')[0]}.`,
    )
  }
}
