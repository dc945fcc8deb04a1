import { cityscapes } from './cityscapes.ts'
import { coco } from './coco/coco.ts'
import { cocoPanoptic } from './coco/coco-panoptic.ts'
import { cocoPolygons } from './coco/coco-polygons.ts'
import { cocoRle } from './coco/coco-rle.ts'
import { cvatMask } from './cvat/cvat-mask.ts'
import { cvatShapes } from './cvat/cvat-shapes.ts'
import { darwin } from './darwin.ts'
import { datumaro } from './datumaro.ts'
import { encord } from './encord/encord.ts'
import { kaggleRle } from './kaggle-rle.ts'
import { labelStudio } from './label-studio/label-studio.ts'
import { labelbox } from './labelbox/labelbox.ts'
import { labelme } from './labelme.ts'
import { qupath } from './qupath.ts'
import { roboflow } from './roboflow.ts'
import { segmentAnything } from './segment-anything.ts'
import { segmentationMask } from './segmentation-mask/segmentation-mask.ts'
import { segmentsAi } from './segments-ai.ts'
import { superannotate } from './superannotate.ts'
import { supervisely } from './supervisely.ts'
import type { ToolFormat } from './tool-format.ts'
import { via } from './via/via.ts'
import { yoloSeg } from './yolo-seg.ts'

/** Every format of a labeling tool, in the order in which docs/labeling-tools.md tells of them. */
export const formats = {
  coco,
  coco_polygons: cocoPolygons,
  coco_rle: cocoRle,
  coco_panoptic: cocoPanoptic,
  cvat_shapes: cvatShapes,
  cvat_mask: cvatMask,
  segmentation_mask: segmentationMask,
  label_studio: labelStudio,
  labelme,
  superannotate,
  supervisely,
  darwin,
  encord,
  segments_ai: segmentsAi,
  yolo_seg: yoloSeg,
  kaggle_rle: kaggleRle,
  datumaro,
  cityscapes,
  qupath,
  segment_anything: segmentAnything,
  roboflow,
  via,
  labelbox,
} satisfies Readonly<Record<string, ToolFormat>>

export type AnnotationFormat = keyof typeof formats

export const formatNames = Object.keys(formats) as AnnotationFormat[]
