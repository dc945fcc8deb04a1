import { readCoco } from './coco/dataset.ts'
import { readCocoPanoptic } from './coco/panoptic.ts'
import { readCocoPolygonsFormat } from './coco/polygons.ts'
import { readCocoRleFormat } from './coco-rle-format.ts'
import { readColourMask } from './colours/colour-mask.ts'
import { readCvatMaskFormat } from './cvat/mask.ts'
import { readCvatShapes } from './cvat/shapes.ts'
import { readDarwin } from './darwin.ts'
import { readEncord } from './encord/bitmap.ts'
import { readKaggleRle } from './kaggle-rle.ts'
import { readLabelStudio } from './label-studio/result.ts'
import { readLabelme } from './labelme.ts'
import type { AnnotationFormat } from './read-options.ts'
import type { Reader } from './reading/read-context.ts'
import { readSegmentsAi } from './segments-ai.ts'
import { readSupervisely } from './supervisely.ts'
import { readYoloSeg } from './yolo-seg.ts'

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
