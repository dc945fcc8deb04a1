import type { VolumeGeometry } from '../../labels/volume-geometry.ts'
import { descriptionOf } from './described-images.ts'
import type { TiffFile } from './directory.ts'
import { omePixels } from './ome-images.ts'
import type { TiffPage } from './page.ts'
import { tags } from './tags.ts'

/** Millimetres in the units that ImageJ and OME write. */
const millimetres: Readonly<Record<string, number>> = {
  nm: 1e-6,
  um: 1e-3,
  µm: 1e-3,
  μm: 1e-3,
  '\\u00B5m': 1e-3,
  micron: 1e-3,
  microns: 1e-3,
  mm: 1,
  cm: 10,
  m: 1000,
  inch: 25.4,
}

/**
 * How far pixels are apart by what ImageJ or OME wrote; undefined for other files, whose resolution is about printing. TIFFs
 * were always scored in pixels, so it counts only where it is asked for.
 */
export function tiffGeometry(file: TiffFile, page: TiffPage): VolumeGeometry | undefined {
  const text = descriptionOf(file, page)
  const [source, column, row, depth] = text.startsWith('ImageJ=')
    ? (['ImageJ', ...byImageJ(text, file, page)] as const)
    : (['OME', ...byOme(text)] as const)
  if (!(column > 0 && row > 0)) return undefined
  return { source, unit: 'mm', spacing: { column, row, depth: depth > 0 ? depth : 1 }, onRequest: true }
}

type Sides = readonly [column: number, row: number, depth: number]
const unknown: Sides = [0, 0, 0]

/** Pixels in a unit are in the tags of the resolution, the unit and the distance of slices in the description. */
function byImageJ(text: string, file: TiffFile, page: TiffPage): Sides {
  // ImageJ writes the byte of Latin-1.
  const unit = /^unit=(\S+)\s*$/m.exec(text)?.[1] ?? ''
  const scale = Object.hasOwn(millimetres, unit) ? millimetres[unit] : undefined
  if (scale === undefined) return unknown
  const { entries } = page.directory
  const perUnit = [tags.xResolution, tags.yResolution].map((tag) => {
    const entry = entries.get(tag)
    return entry === undefined ? 0 : file.rational(entry)
  })
  const slices = Number(/^spacing=(-?[\d.eE+-]+)\s*$/m.exec(text)?.[1] ?? 0)
  return [finite(scale / perUnit[0]), finite(scale / perUnit[1]), finite(Math.abs(slices) * scale)]
}

const finite = (side: number): number => (Number.isFinite(side) ? side : 0)

function byOme(text: string): Sides {
  const pixels = omePixels(text)
  if (!pixels) return unknown
  const side = (axis: string): number => {
    // The unit is the micrometre where none is given. The text was read byte by byte.
    const unit = Buffer.from(pixels(`PhysicalSize${axis}Unit`) ?? 'um', 'latin1').toString('utf8')
    const scale = Object.hasOwn(millimetres, unit) ? millimetres[unit] : 0
    return Number(pixels(`PhysicalSize${axis}`) ?? 0) * scale
  }
  return [side('X'), side('Y'), side('Z')]
}
