import { Refusal } from '../../problems/refusal.ts'
import type { NrrdHeader } from './header.ts'

/** What a segmentation of 3D Slicer (`.seg.nrrd`) says of its segments. */
export interface NrrdSegments {
  readonly isSegmentation: boolean
  /** Label and name of the segments of each layer. */
  readonly namesIn: (layer: number) => ReadonlyMap<number, string>
}

/**
 * Reads `Segment0_Layer`, `Segment0_LabelValue`, `Segment0_Name`, and so on: within a layer, the label is the stored value.
 * @param isMap whether fractions of a voxel are what is asked for
 * @throws Refusal UNSUPPORTED_PIXEL_FORMAT for fractions of a voxel, which are no labels
 */
export function nrrdSegments({ pairs }: NrrdHeader, isMap = false): NrrdSegments {
  const representation =
    pairs.get('Segmentation_MasterRepresentation') ?? pairs.get('Segmentation_SourceRepresentation')
  if (!isMap && representation !== undefined && /fractional/i.test(representation))
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      'The NRRD is a fractional labelmap: its values are shares of a voxel, and no labels.',
    ).advising(
      'Set `probabilities` to {} in the options of this side, or export the segmentation as a binary labelmap.',
    )
  const segments: { layer: number; label: number; name: string }[] = []
  for (let n = 0; pairs.has(`Segment${n}_Name`) || pairs.has(`Segment${n}_ID`); n++)
    segments.push({
      layer: Number(pairs.get(`Segment${n}_Layer`) ?? 0),
      label: Number(pairs.get(`Segment${n}_LabelValue`) ?? 1),
      name: pairs.get(`Segment${n}_Name`) ?? pairs.get(`Segment${n}_ID`) ?? '',
    })
  return {
    isSegmentation: segments.length > 0,
    namesIn: (layer) =>
      new Map(
        segments
          .filter((segment) => segment.layer === layer && Number.isInteger(segment.label) && segment.name)
          .map(({ label, name }) => [label, name.slice(0, 200)]),
      ),
  }
}
