import { z } from 'zod'
import { formatNames } from './formats/catalogue.ts'
import { readerOptionsShape } from './reader-options.ts'

/** The options of a side that concern annotations. Spread into the side's options; all are optional. */
export const annotationOptionsShape = {
  format: z
    .enum(formatNames)
    .optional()
    .describe('The annotation format; found out from the content when absent and certain'),
  ...readerOptionsShape,
} as const

const annotationOptions = z.strictObject(annotationOptionsShape)

export type AnnotationOptions = z.infer<typeof annotationOptions>
