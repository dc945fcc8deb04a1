/** How a 16-bit value that packs class and instance becomes its class. */
export type Relabelling = 'high_byte' | 'thousands'

/** Defaults a preset gives to the reading of a file; the keys it leaves out keep theirs. */
interface PresetRead {
  readonly color?: 'rgb24' | 'ade20k' | 'voc' | 'red'
  readonly palette?: 'index'
  readonly greyBits?: 'sample'
  readonly alpha?: 'ignore'
  readonly negative?: 'keep'
}

export interface Preset {
  /** Whose files, and what the labels are afterwards. */
  readonly description: string
  readonly read: PresetRead
  readonly relabelling?: Relabelling
  /** Labels that mean "not judged": the default of `ignore_labels` when the ground truth has this preset. */
  readonly ignoreLabels: readonly number[]
  /** A stored value and the label it becomes, in words. */
  readonly example: string
}

/** Cityscapes ids left out of its evaluation; KITTI semantics has the same classes. */
const cityscapesVoid = [0, 1, 2, 3, 4, 5, 6, 9, 10, 14, 15, 16, 18, 29, 30]
const inHighByte = (classes: readonly number[]) => classes.map((id) => id * 256)

const named = {
  voc: {
    description:
      'Pascal VOC: a palette whose index is the class, grey of classes, or RGB in the colours of VOC; 255 is void and the border of objects.',
    read: { palette: 'index', color: 'voc' },
    ignoreLabels: [255],
    example: 'palette index 15 is label 15 (person), and so is the RGB colour #c08080',
  },
  cityscapes: {
    description:
      'Cityscapes `labelIds` and `instanceIds`: labels as stored, so instances stay apart. Ids without evaluation are ignored.',
    read: {},
    ignoreLabels: cityscapesVoid,
    example: '26003 is label 26003 (the fourth car); 7 is label 7 (road)',
  },
  cityscapes_classes: {
    description: 'Cityscapes `instanceIds` read as classes: from 1000 on, the class is the thousands.',
    read: {},
    relabelling: 'thousands',
    ignoreLabels: cityscapesVoid,
    example: '26003 is label 26 (car)',
  },
  cityscapes_train_ids: {
    description: 'Cityscapes `labelTrainIds`: classes 0 to 18; 255 is ignored.',
    read: {},
    ignoreLabels: [255],
    example: '13 is label 13 (car)',
  },
  coco_panoptic: {
    description: 'COCO panoptic, and Mapillary `panoptic`: the colour is the segment id; 0 is void.',
    read: { color: 'rgb24' },
    ignoreLabels: [0],
    example: 'the colour #0a0100 is label 10 + 256 = 266',
  },
  ade20k: {
    description:
      'ADE20K: the class of a `_seg.png` is floor(R / 10) * 256 + G; a SceneParsing grey file holds its classes as they are. 0 is "other".',
    read: { color: 'ade20k' },
    ignoreLabels: [0],
    example: 'the colour #0a5307 is label 1 * 256 + 83 = 339',
  },
  ade20k_instances: {
    description: 'ADE20K `_seg.png` with objects kept apart: the whole colour is the label. 0 is "other".',
    read: { color: 'rgb24' },
    ignoreLabels: [0],
    example: 'the colour #0a5307 is label 10 + 256 * 83 + 65536 * 7 = 480010',
  },
  mapillary: {
    description:
      'Mapillary Vistas 2.0 `labels` (palette index) and `instances` (16 bit, labels as stored). Class 123 is unlabelled.',
    read: { palette: 'index' },
    ignoreLabels: [123, ...inHighByte([123])],
    example: '16-bit 27906 is label 27906 (class 109, object 2)',
  },
  mapillary_classes: {
    description: 'Mapillary Vistas 2.0 `instances` read as classes: the high byte. Class 123 is unlabelled.',
    read: { palette: 'index' },
    relabelling: 'high_byte',
    ignoreLabels: [123],
    example: '16-bit 27906 is label 109',
  },
  mapillary_v1: {
    description:
      'Mapillary Vistas 1.2 `labels` (palette index) and `instances` (16 bit, labels as stored). Class 65 is unlabelled.',
    read: { palette: 'index' },
    ignoreLabels: [65, ...inHighByte([65])],
    example: '16-bit 14082 is label 14082 (class 55, object 2)',
  },
  mapillary_v1_classes: {
    description: 'Mapillary Vistas 1.2 `instances` read as classes: the high byte. Class 65 is unlabelled.',
    read: { palette: 'index' },
    relabelling: 'high_byte',
    ignoreLabels: [65],
    example: '16-bit 14082 is label 55',
  },
  kitti: {
    description:
      'KITTI `instance`: class * 256 + object, labels as stored. Classes are those of Cityscapes. For `semantic` take the preset `cityscapes`.',
    read: {},
    ignoreLabels: inHighByte(cityscapesVoid),
    example: '6657 is label 6657 (class 26, object 1)',
  },
  kitti_classes: {
    description: 'KITTI `instance` read as classes: the high byte.',
    read: {},
    relabelling: 'high_byte',
    ignoreLabels: cityscapesVoid,
    example: '6657 is label 26 (car)',
  },
  synthia: {
    description:
      'SYNTHIA `GT/LABELS`: 16-bit RGB whose red channel is the class and whose green one is the object. 0 is void.',
    read: { color: 'red' },
    ignoreLabels: [0],
    example: 'the colour (8, 12, 0) is label 8 (car)',
  },
  segments_ai: {
    description: 'Segments.ai bitmaps: the colour is the segment id, alpha means nothing; 0 is unlabelled.',
    read: { color: 'rgb24', alpha: 'ignore' },
    ignoreLabels: [0],
    example: 'the colour #020100 is label 2 + 256 = 258',
  },
} as const satisfies Record<string, Preset>

export type PresetName = keyof typeof named

export const presets: Readonly<Record<PresetName, Preset>> = named
export const presetNames = Object.keys(named) as [PresetName, ...PresetName[]]

/** The preset of that name: among others the labels a scoring ignores when the ground truth is read by it. */
export function presetOf(name: PresetName): Preset {
  return presets[name]
}
