import { z } from 'zod'
import { isVolume, type LabelMap } from '../../labels/label-map.ts'
import { orientationOf, spacingList, type VolumeGeometry } from '../../labels/volume-geometry.ts'

export const geometrySchema = z
  .strictObject({
    source: z.string().describe('What of the file says so, such as sform'),
    unit: z.enum(['mm']),
    spacing: z.array(z.number()).describe('[row, column], of a volume [depth, row, column]'),
    orientation: z
      .string()
      .optional()
      .describe('Where columns, rows and slices go to, such as RAS: to the right, to the front, upwards'),
  })
  .describe('Where the pixels lie, as the file says; of a pair the ground truth’s')
  .meta({ id: 'Geometry' })

/** A geometry as answers show it. */
export const shownGeometry = (
  geometry: VolumeGeometry,
  size: Pick<LabelMap, 'depth' | 'volume'>,
): z.output<typeof geometrySchema> => ({
  source: geometry.source,
  unit: geometry.unit,
  spacing: spacingList(geometry, isVolume(size) ? 3 : 2),
  ...(geometry.affine && { orientation: orientationOf(geometry.affine) }),
})
