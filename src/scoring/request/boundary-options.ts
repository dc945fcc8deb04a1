import { z } from 'zod'
import { labelOption } from './label-option.ts'

const distance = z.number().min(0).max(1e6)
const spacing = z.number().positive().max(1e6)

/** How boundaries are compared. */
export const boundaryOptions = z.strictObject({
  spacing: z
    .union([z.literal('file'), z.array(spacing).min(2).max(3)], {
      error: 'takes [row, column], [depth, row, column] or "file"',
    })
    .optional()
    .describe(
      'Size of a pixel: [row, column], or [depth, row, column]; "file": as the files say, in mm. By default that of a NIfTI, NRRD or MetaImage (unless `unit` is "voxel" or "pixel"), else all 1',
    ),
  unit: z
    .enum(['pixel', 'voxel', 'mm'])
    .optional()
    .describe(
      'Unit of distances and tolerances, echoed in the answer (default "mm" with a `spacing`, else "pixel", in a volume "voxel")',
    ),
  tolerances: z.array(distance).min(1).max(100).default([1, 2]).describe('In the units of `spacing`'),
  percentiles: z
    .array(z.number().gt(0).max(100))
    .min(1)
    .max(100)
    .optional()
    .describe('Percentiles of the distances beside the 95th, which is always there'),
  surface: z.enum(['pixel', 'surfel']).default('pixel').describe('What a surface is made of'),
  labels: z
    .array(labelOption)
    .min(1)
    .max(1000)
    .optional()
    .describe(
      'Which labels (default: `classes` without background, else the non-zero labels when there are at most 64)',
    ),
  boundary_iou_dilation: z
    .int()
    .min(1)
    .max(32_768)
    .optional()
    .describe('Width of the band of boundary IoU in pixels (default 2 % of the diagonal)'),
})

/** The size of a pixel in numbers, where it is known. */
export function spacingNumbers({
  spacing,
}: Pick<z.output<typeof boundaryOptions>, 'spacing'>): readonly number[] | undefined {
  return Array.isArray(spacing) ? spacing : undefined
}
