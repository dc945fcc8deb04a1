import { z } from 'zod'
import { maxLabel, minLabel } from '../../labels/label-range.ts'

/** A label as an option names it. */
export const labelOption = z
  .int({ error: 'a label is an integer from -2147483648 to 4294967295' })
  .min(minLabel)
  .max(maxLabel)

/** Whether a key of an object is a label in its one usual spelling. */
export const isLabelKey = (key: string): boolean =>
  /^(0|-?[1-9][0-9]{0,9})$/.test(key) && Number(key) >= minLabel && Number(key) <= maxLabel
