import type { AxisMapping } from '../../labels/axis-mapping.ts'
import { axisMapping, isSameLattice } from '../../labels/axis-mapping.ts'
import type { DecodedMask, Warning } from '../../labels/decoded-mask.ts'
import { type Affine, orientationOf, type VolumeGeometry } from '../../labels/volume-geometry.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { ScoreOptions } from '../request/options.ts'
import { asStart, type PairNames, pairNames, type Size, sameSize, sizeText } from './size.ts'

/** A mask whose pixels need not have been read. */
export type PlacedMask = { readonly size: Size } & Pick<DecodedMask, 'geometry'>

export const placedMask = ({ map: size, geometry }: Pick<DecodedMask, 'map' | 'geometry'>): PlacedMask => ({
  size,
  ...(geometry && { geometry }),
})

/** How the prediction lies on the ground truth. */
export interface Alignment {
  /** Of the pair: the ground truth's, else the prediction's. */
  readonly geometry?: VolumeGeometry
  /** What turns the prediction into the ground truth's order of voxels; absent where it has that. */
  readonly mapping?: AxisMapping
  readonly warnings: readonly Warning[]
}

/**
 * Compares where the voxels of both masks lie, as their files say. Nothing is ever resampled: the prediction may have its
 * axes in another order (`geometry` "reorient"), but not another grid.
 * @throws Refusal GEOMETRY_MISMATCH
 */
export function alignMasks(
  groundTruth: PlacedMask,
  prediction: PlacedMask,
  mode: ScoreOptions['geometry'],
  names: PairNames = pairNames,
): Alignment {
  const [truth, predicted] = [groundTruth, prediction].map(({ geometry }) =>
    geometry?.onRequest ? undefined : geometry,
  )
  const geometry = groundTruth.geometry ?? prediction.geometry
  const known = geometry && { geometry }
  if (!truth && !predicted) return { ...known, warnings: [] }
  if (mode === 'ignore') return { ...known, warnings: [ignored] }
  if (!truth || !predicted)
    return { ...known, warnings: [unknown(truth ? names.prediction : names.groundTruth, groundTruth.size)] }
  if (truth.affine && predicted.affine) {
    const from = { affine: predicted.affine, size: prediction.size }
    const to = { affine: truth.affine, size: groundTruth.size }
    if (sameSize(from.size, to.size) && isSameLattice(to.affine, from.affine, to.size))
      return { ...known, warnings: [] }
    const mapping = axisMapping(from, to)
    if (mapping && mode === 'reorient') return { ...known, mapping, warnings: [] }
    if (mapping) throw otherOrientation(to.affine, from.affine, names)
  }
  if (isCropped(groundTruth, prediction)) throw cropped(groundTruth.size, prediction.size, names)
  // Sizes that differ are another refusal, or are resized because the caller says so.
  if (!sameSize(groundTruth.size, prediction.size)) return { ...known, warnings: [] }
  if ((truth.affine && predicted.affine) || !isSameSpacing(truth, predicted, groundTruth.size))
    throw elsewhere(truth, predicted, names)
  const isPartial = (truth.affine === undefined) !== (predicted.affine === undefined)
  return {
    ...known,
    warnings: isPartial
      ? [unknown(truth.affine ? names.prediction : names.groundTruth, groundTruth.size)]
      : [],
  }
}

/** Whether masks of different sizes have their voxels on one lattice: one was saved in an extent of its own. */
function isCropped({ geometry: a, size }: PlacedMask, { geometry: b, size: other }: PlacedMask): boolean {
  if (!a?.affine || !b?.affine || sameSize(size, other)) return false
  const most = 1e-2 * Math.min(a.spacing.column, a.spacing.row, a.spacing.depth)
  const far = Math.max(size.width, size.height, size.depth)
  for (const [world, line] of a.affine.entries())
    for (const axis of [0, 1, 2])
      if (!(Math.abs(line[axis] - b.affine[world][axis]) * far <= most)) return false
  return true
}

function cropped(groundTruth: Size, prediction: Size, names: PairNames): Refusal {
  const detail = `${asStart(names.groundTruth.name)} is ${sizeText(groundTruth)} and ${names.prediction.name} ${sizeText(prediction)} voxels of the same spacing and orientation: one of them seems to be saved cropped to what it holds.`
  return new Refusal('SIZE_MISMATCH', detail).advising(
    'Save both in the extent of the image that was segmented (in 3D Slicer: export to a labelmap with the reference volume).',
  )
}

const ignored: Warning = {
  code: 'GEOMETRY_IGNORED',
  message: 'Where the voxels of the masks lie was not compared: `geometry` is "ignore".',
}

function unknown({ name }: PairNames['prediction'], { width, height, depth }: Size): Warning {
  const order =
    depth > 1 && width === height && height === depth
      ? ' All sides are equally long, so a wrong order of axes would not show: here the first axis of an array is slices, as of SimpleITK’s arrays, while nibabel’s `get_fdata()` gives x, y, z.'
      : ''
  return {
    code: 'GEOMETRY_UNKNOWN',
    message: `The file of ${name} does not say where its voxels lie: they are compared as they are stored.${order}`,
  }
}

function otherOrientation(truth: Affine, predicted: Affine, names: PairNames): Refusal {
  const [own, other] = [orientationOf(truth), orientationOf(predicted)]
  return new Refusal(
    'GEOMETRY_MISMATCH',
    `${asStart(names.prediction.name)} is ${other} and ${names.groundTruth.name} ${own}: the same voxels in another order. Set \`geometry\` to "reorient".`,
    fields(other, own, names),
    `Set \`geometry\` to "reorient": the axes of ${names.prediction.name} are then permuted and flipped, and no label changes.`,
  )
}

function elsewhere(truth: VolumeGeometry, predicted: VolumeGeometry, names: PairNames): Refusal {
  const [own, other] = [describe(truth), describe(predicted)]
  return new Refusal(
    'GEOMETRY_MISMATCH',
    `The voxels of the masks do not lie at the same places. ${asStart(names.groundTruth.name)}: ${own}. ${asStart(names.prediction.name)}: ${other}. Masks are not resampled here.`,
    fields(other, own, names),
  )
}

const fields = (prediction: string, groundTruth: string, names: PairNames) => [
  { pointer: names.groundTruth.pointer, code: 'GEOMETRY_MISMATCH', message: groundTruth },
  { pointer: names.prediction.pointer, code: 'GEOMETRY_MISMATCH', message: prediction },
]

function describe({ spacing: { column, row, depth }, affine }: VolumeGeometry): string {
  const text = (numbers: readonly number[]) =>
    numbers.map((number) => Number(number.toPrecision(7))).join(' x ')
  const spacing = `spacing ${text([column, row, depth])} mm`
  if (!affine) return spacing
  const origin = affine.map((line) => Number(line[3].toPrecision(7))).join(', ')
  return `${orientationOf(affine)}, ${spacing}, origin (${origin})`
}

function isSameSpacing(a: VolumeGeometry, b: VolumeGeometry, { depth }: Size): boolean {
  const axes = depth > 1 ? (['column', 'row', 'depth'] as const) : (['column', 'row'] as const)
  return axes.every((axis) => Math.abs(a.spacing[axis] - b.spacing[axis]) <= 1e-2 * a.spacing[axis])
}
