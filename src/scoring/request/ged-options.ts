import { z } from 'zod'
import { labelOption } from './label-option.ts'

/** How samples of a model are compared with the masks of annotators. */
export const gedOptions = z
  .strictObject({
    distance: z
      .enum(['iou', 'mi_loss'])
      .default('iou')
      .describe(
        'Distance of two masks: 1 − mean IoU of the foreground classes (1 where both lack a class), or `mi_loss`',
      ),
    background: labelOption
      .nullable()
      .default(0)
      .describe('The label that is no foreground class; null: none'),
    classes: z
      .array(labelOption)
      .min(1)
      .max(1000)
      .optional()
      .describe(
        'The foreground classes, `background` left out (default: all labels that any counted pixel has). Classes that nobody has count as agreement, so the number depends on the list',
      ),
  })
  .meta({ id: 'GedOptions' })
export type GedOptions = z.output<typeof gedOptions>
