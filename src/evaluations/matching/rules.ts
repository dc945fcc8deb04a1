import { cityscapesRule } from './cityscapes.ts'
import { folderOf, type MatchRule, nameOf, withoutEndings } from './rule.ts'
import { tailRule } from './tail.ts'

/** The rules in the order in which `auto` tries them. */
export const ruleNames = [
  'path',
  'name',
  'tail',
  'cityscapes',
  'voc',
  'ade20k',
  'camvid',
  'coco_stuff',
  'isic',
  'nnunet',
  'brats',
  'suffix',
] as const
export type RuleName = (typeof ruleNames)[number]

/**
 * @param preset of the ground truth, which Cityscapes' rule heeds
 * @param stems of all ground truths
 */
export function matchRule(
  name: RuleName,
  preset: string | undefined,
  stems: () => readonly string[],
): MatchRule {
  if (name === 'cityscapes') return cityscapesRule(preset)
  return name === 'tail' ? tailRule(stems()) : rules[name]
}

const plain = (stem: string): string[] => [nameOf(stem)]

/** Ground truths end with one of the endings, predictions are called as the key, or end with one of theirs. */
function byEndings(endings: readonly string[], ofPredictions: readonly string[] = []): MatchRule {
  return {
    groundTruth(stem) {
      const [key] = withoutEndings(nameOf(stem), endings)
      return key === undefined ? undefined : { key }
    },
    prediction: (stem) => [nameOf(stem), ...withoutEndings(nameOf(stem), ofPredictions)],
  }
}

/** Ground truths stand in one of the folders; what stands in one of the others belongs to the layout. */
function byFolders(
  folders: readonly string[],
  others: readonly string[],
  what: string,
): MatchRule['groundTruth'] {
  return (stem) => {
    const folder = folderOf(stem)
    if (folders.includes(folder)) return { key: nameOf(stem) }
    return stem
      .split('/')
      .slice(0, -1)
      .some((part) => others.includes(part))
      ? { junk: what }
      : undefined
  }
}

const vocFolders = ['SegmentationObject', 'JPEGImages', 'Annotations', 'ImageSets']
const nnunetFolders = ['imagesTr', 'imagesTs']
const nnunetFiles = ['dataset', 'dataset_fingerprint', 'plans', 'splits_final']
const nnunetTruth = byFolders(['labelsTr', 'labelsTs'], nnunetFolders, 'image of nnU-Net')

const ade20k = byEndings(['_seg'])
const camvid = byEndings(['_L'], ['_L'])
const brats = byEndings(['_seg', '-seg'])
/** Endings of the four scans of a case, of now and before 2023. */
const bratsScan = /[-_](?:t1n|t1c|t2w|t2f|t1|t1ce|t1gd|t2|flair)$/

const rules: Readonly<Record<Exclude<RuleName, 'cityscapes' | 'tail'>, MatchRule>> = {
  path: { groundTruth: (stem) => ({ key: stem }), prediction: (stem) => [stem] },
  name: { groundTruth: (stem) => ({ key: nameOf(stem) }), prediction: plain },
  voc: {
    groundTruth: byFolders(['SegmentationClass'], vocFolders, 'other file of Pascal VOC'),
    prediction(stem) {
      const folder = folderOf(stem)
      return folder === '' || folder === 'SegmentationClass' || folder.endsWith('_cls') ? plain(stem) : []
    },
  },
  ade20k: {
    groundTruth(stem) {
      const name = nameOf(stem)
      const isOther = name.includes('_parts_') || name.startsWith('instance_')
      return isOther ? { junk: 'part or instance of ADE20K' } : ade20k.groundTruth(stem)
    },
    prediction: ade20k.prediction,
  },
  camvid: {
    groundTruth: (stem) => camvid.groundTruth(stem) ?? { key: nameOf(stem) },
    prediction: camvid.prediction,
  },
  coco_stuff: byEndings(['_pixelmaps', '_labelTrainIds']),
  isic: byEndings(['_segmentation'], ['_segmentation']),
  nnunet: {
    groundTruth: (stem) =>
      nnunetTruth(stem) ??
      (nnunetFiles.includes(nameOf(stem)) ? { junk: 'description of nnU-Net' } : undefined),
    // `_0000` and so on number the channels of an image, which is never a mask.
    prediction: (stem) => (/_[0-9]{4}$/.test(stem) ? [] : plain(stem)),
  },
  brats: {
    groundTruth: (stem) => (bratsScan.test(stem) ? { junk: 'scan of BraTS' } : brats.groundTruth(stem)),
    prediction: brats.prediction,
  },
  suffix: byEndings(
    ['_gt', '_mask', '_label', '_labels', '_seg', '_groundtruth'],
    ['_pred', '_prediction', '_output', '_mask', '_seg'],
  ),
}
