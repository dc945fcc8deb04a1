import type { TiffFile } from './directory.ts'
import type { TiffPage } from './page.ts'
import { tags } from './tags.ts'

/** What a TIFF's software says of the images that a page stands for. */
export interface DescribedImages {
  /** Who wrote it, as far as the way of saying it tells. */
  readonly writer: 'ImageJ' | 'tifffile' | 'MetaMorph'
  /** Above 1. */
  readonly count: number
  /** Axes along which the images lie, outermost first: `5 slices`, or as tifffile has no names for them, `5`. */
  readonly axes: readonly string[]
}

const maxDescriptionBytes = 10_000

/**
 * How many images a page stands for by its own description; undefined when it says nothing, or one. ImageJ names the
 * number, tifffile the shape of the array, MetaMorph has a tag with an item for each plane.
 */
export function describedImages(file: TiffFile, page: TiffPage): DescribedImages | undefined {
  const { entries } = page.directory
  const planes = entries.get(tags.metaMorphPlanes)?.count ?? 1
  if (planes > 1) return { writer: 'MetaMorph', count: planes, axes: [`${planes} planes`] }
  const entry = entries.get(tags.imageDescription)
  const text = entry === undefined ? '' : file.text(entry, maxDescriptionBytes)
  return text.startsWith('ImageJ=') ? byImageJ(text) : byShape(text, page)
}

function byImageJ(text: string): DescribedImages | undefined {
  const value = (key: string) => Number(new RegExp(`^${key}=(\\d+)\\s*$`, 'm').exec(text)?.[1] ?? 1)
  const axes = ['frames', 'slices', 'channels'].filter((key) => value(key) > 1)
  const count = Math.max(
    value('images'),
    axes.reduce((product, key) => product * value(key), 1),
  )
  return count > 1 ? { writer: 'ImageJ', count, axes: axes.map((key) => `${value(key)} ${key}`) } : undefined
}

/** The shape of the whole array, its last axes those of a page. */
function byShape(text: string, { width, height, samples }: TiffPage): DescribedImages | undefined {
  const shape = /^\{.*"shape":\s*\[([\d,\s]+)\]/s.exec(text) ?? /^shape=\(([\d,\s]+)\)/.exec(text)
  if (shape === null) return undefined
  const sides = shape[1].split(',').flatMap((side) => (Number(side) > 1 ? [Number(side)] : []))
  const count = sides.reduce((product, side) => product * side, 1) / (width * height * samples)
  if (!Number.isInteger(count) || count < 2) return undefined
  const axes: string[] = []
  for (let left = count; left > 1; left /= sides[axes.length - 1]) axes.push(String(sides[axes.length]))
  return { writer: 'tifffile', count, axes }
}
