import { z } from 'zod'
import { scoreOptionsSchema } from '../request/options.ts'

/** Options that decide what is compared where, as `score` has them, and how labels of both masks are matched. */
export const comparisonOptionsSchema = scoreOptionsSchema
  .pick({
    binary: true,
    resize: true,
    geometry: true,
    ground_truth: true,
    prediction: true,
    classes: true,
    ignore_labels: true,
    ignore_prediction_labels: true,
    border_tolerance: true,
    min_segment_area: true,
    min_prediction_area: true,
    components: true,
    connectivity: true,
    background: true,
  })
  .extend({
    match: z
      .enum(['names', 'shapes'])
      .optional()
      .describe(
        'When a pixel agrees: "names" = its labels are equal; "shapes" = its segments are partners in the best one-to-one renaming, so that renamed segments do not differ, as in `mi_loss`. Default: "names" where labels have names (`classes`, a preset of the ground truth, annotations, `binary`), else "shapes"',
      ),
  })

export type ComparisonOptions = z.output<typeof comparisonOptionsSchema>
