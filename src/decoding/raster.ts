import type { Warning } from '../labels/decoded-mask.ts'
import type { LabelArray } from '../labels/label-map.ts'
import { type AlphaImage, maskInAlpha, refuseTransparent } from './alpha.ts'
import { labelsOfColours, noAlpha } from './colours.ts'
import { labelsOfGreys, refuseMap } from './greys.ts'
import { lookedUp, usedValues } from './lookup.ts'
import { readPalette } from './palette-policy.ts'
import type { ReadSettings } from './read-options.ts'

/** Names pixel `i` of a row-major image for a message: `the pixel at x 3, y 0`. */
export function pixelName(i: number, width: number): string {
  return `the pixel at x ${i % width}, y ${Math.floor(i / width)}`
}

/** Exact samples of an image format, before anything is decided about their meaning. Row-major. */
export type Raster =
  | {
      readonly kind: 'palette'
      readonly bits: number
      readonly indices: Uint8Array
      /** Three bytes an entry. */
      readonly palette: Uint8Array
    }
  | {
      readonly kind: 'grey'
      readonly bits: number
      /** Of 1 to 8 bits: the grey values 0..255 the samples stand for. Of 16 bits: the samples. */
      readonly values: Uint8Array | Uint16Array
      /** One for each pixel, as wide as the values. */
      readonly alpha?: Uint8Array | Uint16Array
    }
  | {
      readonly kind: 'rgb'
      readonly bits: number
      /** Pixel-interleaved; a fourth channel is alpha. */
      readonly samples: Uint8Array | Uint16Array
      readonly channels: 3 | 4
    }

export interface RasterLabels {
  readonly labels: LabelArray
  /** The encoding without its format, e.g. `palette-index8`. */
  readonly encoding: string
  readonly warnings: readonly Warning[]
}

/**
 * What the samples mean as labels under the settings: the one place where that is decided, for every image format.
 * @throws Refusal ALPHA_NOT_OPAQUE, PALETTE_AMBIGUOUS, COLOR_ENCODING_REQUIRED, COLOR_NOT_IN_MAP, …
 */
export function labelsOfRaster(raster: Raster, width: number, settings: ReadSettings): RasterLabels {
  const nameOf = (i: number) => pixelName(i, width)
  const opaque = raster.bits === 16 ? 65_535 : 255
  switch (raster.kind) {
    case 'palette': {
      const { indices, palette, bits } = raster
      const { lut, coding, warnings } = readPalette(settings, palette, usedValues(indices))
      const labels = lut === undefined ? indices : lookedUp(indices, lut)
      return { labels, encoding: `palette-${coding}${bits}`, warnings }
    }
    case 'grey': {
      const { values, alpha, bits } = raster
      const warnings =
        alpha === undefined
          ? []
          : alphaWarnings(
              { colours: values, step: 1, channels: 1, alpha, alphaStep: 1, alphaFirst: 0, opaque },
              settings,
              nameOf,
            )
      const type = `${alpha === undefined ? 'grey' : 'greyalpha'}${bits}`
      if (settings.color === 'alpha') {
        if (alpha === undefined) throw noAlpha()
        return { labels: alpha, encoding: `${type}:alpha`, warnings }
      }
      if (values instanceof Uint16Array) {
        refuseMap(settings, '16-bit grey')
        return { labels: values, encoding: type, warnings }
      }
      const { labels, suffix } = labelsOfGreys(values, bits, settings)
      return { labels, encoding: type + suffix, warnings }
    }
    case 'rgb': {
      const { samples, channels, bits } = raster
      const warnings =
        channels === 3
          ? []
          : alphaWarnings(
              { colours: samples, step: 4, channels: 3, alpha: samples, alphaStep: 4, alphaFirst: 3, opaque },
              settings,
              nameOf,
            )
      const { labels, coding } = labelsOfColours({ samples, channels, nameOf }, settings.color)
      const type = `${channels === 4 ? 'rgba' : 'rgb'}${bits}`
      return { labels, encoding: `${type}:${coding}`, warnings }
    }
  }
}

/** @throws Refusal ALPHA_NOT_OPAQUE */
function alphaWarnings(
  image: AlphaImage,
  { alpha, color }: ReadSettings,
  nameOf: (i: number) => string,
): readonly Warning[] {
  if (color === 'alpha') return []
  if (alpha === 'ignore') return maskInAlpha(image)
  refuseTransparent(image, nameOf, image.channels === 3 && color === undefined)
  return []
}
