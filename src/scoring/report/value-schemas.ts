import { z } from 'zod'
import { maxLabel, minLabel } from '../../labels/label-range.ts'

/** A number, or null where it is undefined: `reasons` says why. */
export const scoreSchema = z.number().nullable()
export const countSchema = z.int().min(0).max(Number.MAX_SAFE_INTEGER)
export const labelSchema = z.int().min(minLabel).max(maxLabel)
/** For lists that are cut. */
export const truncatedSchema = countSchema.optional().describe('Rows that are not listed')

/** The label of a row, and its name where it has one. */
export const labelNameShape = { label: labelSchema, name: z.string().optional() }
export const averagedOver = 'How many values each mean is over'
