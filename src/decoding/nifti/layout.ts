import type { Grid } from '../../labels/distance-transform.ts'
import { Refusal } from '../../problems/refusal.ts'
import { type ItemType, itemType } from '../npy/items.ts'
import type { ReadSettings } from '../read-options.ts'
import { chosenOf } from '../volume/chosen-of.ts'
import type { VoxelLayout } from '../volume/voxel-layout.ts'
import { niftiGeometry } from './geometry.ts'
import type { NiftiHeader } from './header.ts'

/** Types of labels by their number, as NumPy spells them. */
const types: Readonly<Record<number, string>> = {
  2: 'u1',
  4: 'i2',
  8: 'i4',
  16: 'f4',
  64: 'f8',
  256: 'i1',
  512: 'u2',
  768: 'u4',
  1024: 'i8',
  1280: 'u8',
}
/** Types that are no labels. */
const otherTypes: Readonly<Record<number, string>> = {
  1: 'single bits',
  32: 'complex numbers',
  128: 'colours (RGB)',
  1536: 'floats of 128 bits',
  1792: 'complex numbers',
  2048: 'complex numbers',
  2304: 'colours (RGBA)',
}

/**
 * What a NIfTI header says of the voxels: x is the fastest axis, so columns are x, rows y and slices z.
 * @throws Refusal CORRUPT, EMPTY_INPUT, UNSUPPORTED_PIXEL_FORMAT, MULTI_PAGE, INVALID_OPTIONS
 */
export function niftiLayout(
  header: NiftiHeader,
  { frame, isMap = false }: Pick<ReadSettings, 'frame' | 'isMap'>,
): VoxelLayout {
  const { size, frames } = sidesOf(header, isMap)
  const chosen = chosenOf(frames, frame, {
    option: 'frame',
    what: `The NIfTI holds ${frames} volumes (frames).`,
    isMap,
  })
  const { slope, intercept } = header
  const isScaled =
    slope !== 0 && Number.isFinite(slope) && Number.isFinite(intercept) && !(slope === 1 && intercept === 0)
  const { geometry, warnings } = niftiGeometry(header, size)
  return {
    size,
    // One slice is an image.
    isVolume: size.depth > 1,
    type: typeOf(header),
    framesBefore: chosen,
    framesAfter: frames - 1 - chosen,
    layers: 1,
    layer: 0,
    ...(isScaled && { scaling: { slope, intercept } }),
    ...(geometry && { geometry }),
    kind: `nifti${header.version}`,
    what: 'The NIfTI',
    warnings,
  }
}

/** @param isMap whether the values of a vector are channels, as ITK saves several components */
function sidesOf({ dim }: NiftiHeader, isMap: boolean): { size: Grid; frames: number } {
  const [axes] = dim
  if (!(axes >= 1 && axes <= 7))
    throw new Refusal('CORRUPT', `The NIfTI header gives ${axes} axes; there are 1 to 7.`)
  const sides = dim.slice(1).map((side, k) => (k < axes ? side : 1))
  const named = sides.slice(0, axes).join(' x ')
  if (sides.some((side) => side < 0))
    throw new Refusal('CORRUPT', `The NIfTI header gives the size ${named}.`)
  if (sides.includes(0)) throw new Refusal('EMPTY_INPUT', `The NIfTI has the size ${named}, so no voxels.`)
  const [width, height, depth, points, vector, ...others] = sides
  const isVector = isMap && points === 1
  if ((isVector ? others : [vector, ...others]).some((side) => side > 1))
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      `The NIfTI has the size ${named}: more than one value for each voxel (a vector, or one plane per class?).`,
    ).advising(
      'Save one label for each voxel, in NumPy the index of the largest class (argmax). If these are probabilities of classes, set `probabilities` to {} in the options of this side.',
    )
  return { size: { width, height, depth }, frames: isVector ? vector : points }
}

function typeOf({ datatype, bitpix, bigEndian }: NiftiHeader): ItemType {
  const type = Object.hasOwn(types, datatype) ? types[datatype] : undefined
  if (type === undefined) {
    const holds = otherTypes[datatype] ?? 'values of a type that is not known'
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      `The NIfTI holds ${holds} (datatype ${datatype}), which are no labels.`,
    )
  }
  const item = itemType(`${bigEndian ? '>' : '<'}${type}`)
  if (bitpix !== 8 * item.bytes)
    throw new Refusal(
      'CORRUPT',
      `The NIfTI header gives ${bitpix} bits for each voxel of datatype ${datatype}, which has ${8 * item.bytes}.`,
    )
  return item
}
