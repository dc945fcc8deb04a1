import { z } from 'zod'

const polygonFills = ['coco', 'center', 'inclusive'] as const

/** How the inside of a polygon becomes pixels; polygon-fill.ts defines the three. */
export type PolygonFill = (typeof polygonFills)[number]

/** The options of a side that readers of annotations heed, whatever the format is. All are optional. */
export const readerOptionsShape = {
  polygon_fill: z
    .enum(polygonFills)
    .optional()
    .describe(
      'How polygons become pixels; by default "inclusive" for labelme, Cityscapes and Roboflow, "center" for QuPath, and "coco" for the others',
    ),
  alpha_threshold: z
    .int()
    .min(1)
    .max(255)
    .optional()
    .describe('Least alpha that is foreground in a Label Studio brush or bitmask; by default 1'),
  crowd: z
    .enum(['auto', 'object', 'crowd', 'ignore'])
    .optional()
    .describe(
      'What iscrowd regions are: "object": objects like others; "crowd": COCO’s rule in the instance scores (never missed, never matched, and predictions on them are forgiven); "ignore": their pixels are left out; "auto" (default): "object" where annotations carry CVAT’s `attributes`, since CVAT marks every mask as a crowd, else "crowd"',
    ),
  image: z
    .union([z.string(), z.int()])
    .optional()
    .describe('Which image (id, frame or file name) of a document or archive that holds several'),
  document: z
    .string()
    .optional()
    .describe('Which document (path, file name) of an archive that holds several'),
  annotation: z
    .union([z.string(), z.int()])
    .optional()
    .describe('Which annotation (id) of a Label Studio task; by default the newest not cancelled'),
  width: z.int().min(1).optional().describe('Image width in pixels where the annotation holds none'),
  height: z.int().min(1).optional().describe('Image height in pixels where the annotation holds none'),
} as const

const readerOptions = z.strictObject(readerOptionsShape)

export type ReaderOptions = z.infer<typeof readerOptions>
