import type { AnnotationOptions, PolygonFill } from '../read-options.ts'

/** The rule polygons are filled by: the option's, else the one the format's own tools use. */
export function defaultFill(format: string | undefined, options: AnnotationOptions): PolygonFill {
  return options.polygon_fill ?? (format === 'labelme' ? 'inclusive' : 'coco')
}
