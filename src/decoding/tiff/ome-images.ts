import type { DescribedAxis, ImageAxes } from './image-axes.ts'
import type { TiffPage } from './page.ts'

const isOme = (text: string): boolean => /<(?:\w+:)?OME[\s>]/.test(text)

/** The attributes of the first `Pixels` of OME-XML; undefined for any other text. */
export function omePixels(text: string): ((name: string) => string | undefined) | undefined {
  if (!isOme(text)) return undefined
  const [element] = /<(?:\w+:)?Pixels\b[^>]*>/.exec(text) ?? []
  if (element === undefined) return undefined
  return (name) => new RegExp(`\\s${name}="([^"]*)"`).exec(element)?.[1]
}

const kinds = { T: 'frames', Z: 'slices', C: 'channels' } as const

/**
 * The images of an OME-TIFF by its XML: `DimensionOrder` lists the axes from the fastest on. Several images in one file lie
 * along an axis that has no name.
 * Source: docs.openmicroscopy.org/ome-model, "OME-TIFF specification".
 */
export function omeImages(text: string, { samples }: TiffPage): ImageAxes | undefined {
  const pixels = omePixels(text)
  if (!pixels) return undefined
  const size = (letter: string): number => {
    const value = Number(pixels(`Size${letter}`) ?? 1)
    return letter === 'C' ? value / samples : value
  }
  const order = pixels('DimensionOrder') ?? 'XYZCT'
  const axes: DescribedAxis[] = []
  for (const letter of order.slice(2)) {
    const kind = kinds[letter as keyof typeof kinds]
    if (kind !== undefined && size(letter) > 1) axes.unshift({ kind, size: size(letter) })
  }
  const images = text.match(/<(?:\w+:)?Pixels\b/g)?.length ?? 1
  if (images > 1) axes.unshift({ kind: 'images', size: images })
  const count = axes.reduce((product, axis) => product * axis.size, 1)
  return count > 1 && Number.isInteger(count) ? { writer: 'OME', count, axes } : undefined
}
