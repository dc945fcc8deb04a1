import { z } from 'zod'
import { maxLabel, minLabel } from '../../labels/label-range.ts'

const label = z
  .int({ error: 'a label is an integer from -2147483648 to 4294967295' })
  .min(minLabel)
  .max(maxLabel)

/** How the file of a side is read as probabilities of classes. */
export const probabilityOptions = z
  .strictObject({
    layout: z
      .enum(['auto', 'chw', 'hwc', 'cdhw', 'dhwc'])
      .default('auto')
      .describe(
        'Which axis of an array holds the channels. `"auto"`: the one without which its shape is that of the other side; where both are maps, the one along which both sum to 1',
      ),
    labels: z
      .array(label)
      .min(1)
      .max(100_000)
      .refine((list) => new Set(list).size === list.length, { error: 'names a label twice' })
      .optional()
      .describe(
        'The label of each channel (default 0, 1, …). Of one channel: the label of the foreground, or [background, foreground] (default [0, 1])',
      ),
    activation: z
      .enum(['none', 'softmax', 'sigmoid'])
      .default('none')
      .describe('What makes probabilities of the stored values, where these are logits'),
    independent: z
      .boolean()
      .default(false)
      .describe(
        'Each channel is a question of its own (sigmoid), so that a pixel need not sum to 1; scores are then per class only',
      ),
    entry: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('Which array of an `.npz` (default `probabilities`, else `softmax`, else the only one)'),
    threshold: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe(
        'Foreground of one channel, and of independent channels, from this probability on (default 0.5)',
      ),
    normalize: z.boolean().default(false).describe('Divide the probabilities of each pixel by their sum'),
  })
  .refine(({ normalize, independent }) => !(normalize && independent), {
    path: ['normalize'],
    error: 'independent channels have no common sum',
  })
  .refine(({ activation, independent }) => !(activation === 'softmax' && independent), {
    path: ['activation'],
    error: 'softmax makes channels that sum to 1: they are not independent',
  })

export type ProbabilityOptions = z.output<typeof probabilityOptions>
