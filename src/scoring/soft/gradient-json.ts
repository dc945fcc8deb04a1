import { z } from 'zod'
import { refuseField } from '../../problems/refusal.ts'
import type { Gradient } from './gradient.ts'

/** JSON is read by people, and by clients without NumPy: more belongs in the `.npy`. */
const maxValues = 1_000_000

export const gradientSchema = z
  .strictObject({
    of: z.enum(['logits', 'probabilities']),
    mi_loss: z.number().nullable().describe('`soft.mi_loss` of the pair'),
    clipped: z.int().describe('Empty cells of the joint table that stood at `soft.epsilon`'),
    shape: z.array(z.int()).describe('Of the array of the prediction'),
    data: z.array(z.number()).describe('The derivatives as float32, last axis fastest'),
  })
  .meta({ id: 'Gradient' })

/**
 * A gradient as JSON.
 * @throws Refusal IMAGE_TOO_LARGE above a million values
 */
export function gradientJson({ values, ...rest }: Gradient): z.output<typeof gradientSchema> {
  if (values.length > maxValues)
    throw refuseField(
      'IMAGE_TOO_LARGE',
      '/prediction',
      `The gradient has ${values.length} values; as JSON at most ${maxValues} are answered. Take the .npy.`,
    )
  return { ...rest, shape: [...rest.shape], data: [...values] }
}
