import type { MaskFormat } from '../mask-format.ts'

export const webp: MaskFormat = {
  name: 'WebP',
  endings: ['webp'],
  marks: ['RIFF????WEBP'],
  description: 'Lossless WebP. It has no grey, so a grey mask is one of three equal channels.',
  encodings: { 'webp-rgb8:… (rgba)': 'as in PNG' },
  options: ['color', 'channel', 'alpha'],
  refused: [
    'lossy WebP (LOSSY_FORMAT)',
    'animation (ANIMATED)',
    'an Exif orientation other than 1 (ORIENTATION)',
  ],
}
