import { z } from 'zod'
import { labelOption } from './label-option.ts'

/** How lesions are told apart and matched. */
export const lesionOptions = z.strictObject({
  protocol: z
    .enum(['components', 'autopet', 'brats'])
    .default('components')
    .describe(
      '"components": a lesion is a connected component, found where it shares a pixel with the other mask; "autopet": the same with 18 neighbours; "brats": lesion-wise Dice and HD95 by the rules of BraTS 2023',
    ),
  connectivity: z
    .union([z.literal(4), z.literal(8), z.literal(6), z.literal(18), z.literal(26)], {
      error: 'takes 4 or 8, for a volume 6, 18 or 26',
    })
    .optional()
    .describe('Neighbours that belong to one lesion (default 26, in an image 8); "brats" always has 26'),
  dilation: z
    .int()
    .min(0)
    .max(20)
    .default(3)
    .describe('How often "brats" grows lesions, in voxels: 3 for GLI, SSA and PED, 1 for MEN and MET'),
  min_volume: z
    .number()
    .min(0)
    .max(1e12)
    .optional()
    .describe(
      'Lesions of the ground truth up to this volume are left out, in mm³, or pixels where no spacing is known (default 0, of "brats" 50, as for GLI, SSA, PED and MEN; MET has 2)',
    ),
  labels: z
    .array(labelOption)
    .min(1)
    .max(1000)
    .optional()
    .describe('Which labels are lesions (default: as for `boundary`); with `groups` these take their place'),
})
