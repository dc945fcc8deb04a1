import { z } from 'zod'
import { maskOptionsShape, tableOptionsShape } from '../request/options.ts'
import { softOptions } from '../request/soft-options.ts'

/** The options of POST /v1/gradient. */
export const gradientOptionsSchema = z
  .strictObject({
    of: z
      .enum(['logits', 'probabilities'])
      .default('probabilities')
      .describe(
        'What the derivatives are by: the probabilities, or the logits that `prediction.probabilities.activation` makes them of',
      ),
    ignore_labels: tableOptionsShape.ignore_labels,
    ignore_prediction_labels: tableOptionsShape.ignore_prediction_labels,
    stack: maskOptionsShape.stack,
    ground_truth: maskOptionsShape.ground_truth,
    prediction: maskOptionsShape.prediction,
    soft: softOptions.default(softOptions.parse({})),
  })
  .meta({ id: 'GradientOptions' })
