import { z } from 'zod'
import {
  type AnnotationFormat,
  type AnnotationOptions,
  annotationFormats,
  annotationOptionsShape,
} from './read-options.ts'

type OptionKey = keyof AnnotationOptions

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

interface Entry {
  readonly tool: string
  readonly data: string
  readonly options: readonly OptionKey[]
}

const size = ['width', 'height'] as const

const entries: Readonly<Record<AnnotationFormat, Entry>> = {
  coco_rle: {
    tool: 'COCO, pycocotools',
    data: '{size: [h, w], counts: text or array}, column-major; or [{label, …}, …]',
    options: [],
  },
  coco_polygons: {
    tool: 'COCO',
    data: '[[x, y, x, y, …], …], the parts of one object; or [{label, …}, …]',
    options: [...size, 'polygon_fill'],
  },
  kaggle_rle: { tool: 'Kaggle', data: '"start length …", 1-based, column-major', options: size },
  encord: {
    tool: 'Encord',
    data: 'the JSON export, or {top, left, width, height, rle_string}, row-major',
    options: ['image', 'polygon_fill', ...size],
  },
  cvat_mask: {
    tool: 'CVAT',
    data: 'a shape of type mask: {points: [run, …, left, top, right, bottom]}',
    options: size,
  },
  supervisely: { tool: 'Supervisely', data: 'a figure with bitmap: {origin, data}', options: size },
  label_studio: {
    tool: 'Label Studio',
    data: 'a result array, an annotation, a task, or an export of tasks',
    options: ['annotation', 'image', 'alpha_threshold', 'polygon_fill', ...size],
  },
  cvat_shapes: {
    tool: 'CVAT',
    data: 'the annotations of a job (API), or "CVAT for images 1.1" XML',
    options: ['image', 'polygon_fill', ...size],
  },
  labelme: { tool: 'labelme', data: 'the JSON of one image', options: ['polygon_fill'] },
  darwin: { tool: 'V7 Darwin', data: 'the JSON of one item', options: ['image', 'polygon_fill'] },
  yolo_seg: {
    tool: 'YOLO, Ultralytics',
    data: 'lines of "class x y x y …"',
    options: [...size, 'polygon_fill'],
  },
  segments_ai: {
    tool: 'Segments.ai',
    data: '{annotations: [{id, category_id}]} beside its PNG',
    options: [],
  },
  coco_panoptic: {
    tool: 'COCO panoptic',
    data: 'the panoptic JSON (or one annotation of it) beside its PNG',
    options: ['image', 'crowd'],
  },
  coco: {
    tool: 'COCO, Roboflow, Datumaro',
    data: 'a dataset or a results file',
    options: ['image', 'polygon_fill', 'crowd', ...size],
  },
}

export const annotationCatalogue: z.output<typeof annotationCatalogueSchema> = {
  annotations: annotationFormats.map((format) => {
    const { tool, data, options } = entries[format]
    return { format, tool, data, options: [...options] }
  }),
  annotation_options: Object.entries(annotationOptionsShape).map(([key, schema]) => ({
    key,
    description: schema.description ?? '',
  })),
}
