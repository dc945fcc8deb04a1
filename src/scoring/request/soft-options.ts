import { z } from 'zod'

/** How probability maps are scored. */
export const softOptions = z.strictObject({
  coupling: z
    .enum(['product', 'maximal'])
    .optional()
    .describe(
      'How true and predicted class of a pixel are drawn together where both sides are probabilities (needed only then): "product" independently, so that a soft map is not at distance 0 from itself; "maximal" as equal as can be, which takes class names into account',
    ),
  bins: z.int().min(1).max(1000).default(15).describe('Equal bins of confidence in `calibration`'),
  radius: z.int().min(2).max(7).default(3).describe('Side of the windows of `rmi`'),
  pool: z
    .union([z.literal(1), z.literal(3)], { error: 'takes 1 or 3' })
    .default(3)
    .describe('Max pooling before `rmi`; 1: none'),
  epsilon: z
    .number()
    .gt(0)
    .max(1e-3)
    .default(1e-12)
    .describe('What an empty cell of the joint table stands at for the gradient'),
})
