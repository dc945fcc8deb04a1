import { readCoco } from './formats/coco/coco.ts'
import { readCocoPanoptic } from './formats/coco/coco-panoptic.ts'
import { readCocoPolygonsFormat } from './formats/coco/coco-polygons.ts'
import { readCocoRleFormat } from './formats/coco/coco-rle.ts'
import { readCvatMaskFormat } from './formats/cvat/cvat-mask.ts'
import { readCvatShapes } from './formats/cvat/cvat-shapes.ts'
import { readDarwin } from './formats/darwin.ts'
import { readEncord } from './formats/encord/encord.ts'
import { readKaggleRle } from './formats/kaggle-rle.ts'
import { readLabelStudio } from './formats/label-studio/label-studio.ts'
import { readLabelme } from './formats/labelme.ts'
import { readColourMask } from './formats/segmentation-mask/segmentation-mask.ts'
import { readSegmentsAi } from './formats/segments-ai.ts'
import { readSupervisely } from './formats/supervisely.ts'
import { readYoloSeg } from './formats/yolo-seg.ts'
import type { AnnotationFormat } from './read-options.ts'
import type { Reader } from './reading/read-context.ts'

/** The reader of each format. A segmentation mask is known by its folder in a zip: no option names it. */
export const readers: Readonly<Record<AnnotationFormat | 'segmentation_mask', Reader>> = {
  coco_rle: readCocoRleFormat,
  coco_polygons: readCocoPolygonsFormat,
  kaggle_rle: readKaggleRle,
  encord: readEncord,
  cvat_mask: readCvatMaskFormat,
  supervisely: readSupervisely,
  label_studio: readLabelStudio,
  cvat_shapes: readCvatShapes,
  labelme: readLabelme,
  darwin: readDarwin,
  yolo_seg: readYoloSeg,
  segments_ai: readSegmentsAi,
  coco_panoptic: readCocoPanoptic,
  coco: readCoco,
  segmentation_mask: readColourMask,
}
