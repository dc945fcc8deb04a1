import type { TiffFile } from './directory.ts'
import type { DescribedAxis, ImageAxes } from './image-axes.ts'
import { omeImages } from './ome-images.ts'
import type { TiffPage } from './page.ts'
import { tags } from './tags.ts'

const maxDescriptionBytes = 100_000

/** The description of a page; empty where it has none. */
export function descriptionOf(file: TiffFile, { directory }: Pick<TiffPage, 'directory'>): string {
  const entry = directory.entries.get(tags.imageDescription)
  return entry === undefined ? '' : file.text(entry, maxDescriptionBytes)
}

/**
 * How many images a page stands for by its own description; undefined when it says nothing, or one. ImageJ names the
 * axes, OME describes them in XML, tifffile gives the shape of the array, MetaMorph has a tag with an item for each plane.
 */
export function describedImages(file: TiffFile, page: TiffPage): ImageAxes | undefined {
  const planes = page.directory.entries.get(tags.metaMorphPlanes)?.count ?? 1
  if (planes > 1) return { writer: 'MetaMorph', count: planes, axes: [{ kind: 'images', size: planes }] }
  const text = descriptionOf(file, page)
  if (text.startsWith('ImageJ=')) return byImageJ(text)
  return omeImages(text, page) ?? byShape(text, page)
}

function byImageJ(text: string): ImageAxes | undefined {
  const value = (key: string) => Number(new RegExp(`^${key}=(\\d+)\\s*$`, 'm').exec(text)?.[1] ?? 1)
  const kinds = ['frames', 'slices', 'channels'] as const
  const axes = kinds.flatMap((kind): DescribedAxis[] =>
    value(kind) > 1 ? [{ kind, size: value(kind) }] : [],
  )
  const product = axes.reduce((sum, { size }) => sum * size, 1)
  const count = Math.max(value('images'), product)
  if (count <= 1) return undefined
  return { writer: 'ImageJ', count, axes: count === product ? axes : [{ kind: 'images', size: count }] }
}

/** Letters of tifffile's axes. */
const kindOfLetter: Readonly<Record<string, DescribedAxis['kind']>> = {
  T: 'frames',
  Z: 'slices',
  C: 'channels',
}

/** The shape of the whole array, its last axes those of a page; newer files name them by letters. */
function byShape(text: string, { width, height, samples }: TiffPage): ImageAxes | undefined {
  const shape = /^\{.*"shape":\s*\[([\d,\s]+)\]/s.exec(text) ?? /^shape=\(([\d,\s]+)\)/.exec(text)
  if (shape === null) return undefined
  const letters = /"axes":\s*"([A-Z]+)"/.exec(text)?.[1] ?? ''
  const all = shape[1].split(',').filter((side) => side.trim() !== '')
  const sides = all.flatMap((side, at) =>
    Number(side) > 1
      ? [{ size: Number(side), letter: letters.length === all.length ? letters[at] : '' }]
      : [],
  )
  const count = sides.reduce((product, { size }) => product * size, 1) / (width * height * samples)
  if (!Number.isInteger(count) || count < 2) return undefined
  const axes: DescribedAxis[] = []
  for (let left = count; left > 1; left /= axes[axes.length - 1].size) {
    const { size, letter } = sides[axes.length]
    axes.push({ kind: kindOfLetter[letter] ?? 'images', size })
  }
  return { writer: 'tifffile', count, axes }
}
