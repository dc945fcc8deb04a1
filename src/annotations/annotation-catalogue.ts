import { z } from 'zod'
import { annotationOptionsShape } from './annotation-options.ts'
import { formatNames, formats } from './formats/catalogue.ts'

/** What GET /v1/formats says of the labeling tools' formats. */
export const annotationCatalogueSchema = z.strictObject({
  annotations: z.array(
    z.strictObject({
      format: z.string(),
      tool: z.string(),
      data: z.string().describe('What `data` of a JSON mask, or the file, holds'),
      options: z.array(z.string()),
    }),
  ),
  annotation_options: z.array(z.strictObject({ key: z.string(), description: z.string() })),
})

export const annotationCatalogue: z.output<typeof annotationCatalogueSchema> = {
  annotations: formatNames.map((format) => {
    const { tool, data, options } = formats[format]
    return { format, tool, data, options: [...options] }
  }),
  annotation_options: Object.entries(annotationOptionsShape).map(([key, schema]) => ({
    key,
    description: schema.description ?? '',
  })),
}
