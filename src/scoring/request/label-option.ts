import { z } from 'zod'
import { maxLabel, minLabel } from '../../labels/label-range.ts'

/** A label as an option names it. */
export const labelOption = z
  .int({ error: 'a label is an integer from -2147483648 to 4294967295' })
  .min(minLabel)
  .max(maxLabel)
