import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDataset } from '../../../src/evaluations/sources/open-dataset.ts'
import { defaultLimits } from '../../../src/limits.ts'

const layouts = join(import.meta.dirname, '../../../../shared/samples/dataset-layouts')

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'maskscore-layouts-'))
})
afterEach(() => rmSync(root, { recursive: true }))

async function match(groundTruth: string, predictions: readonly string[], preset?: string) {
  for (const path of predictions) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), 'a mask')
  }
  const request = { groundTruth: join(layouts, groundTruth), prediction: root, ...(preset && { preset }) }
  const { items, matching, close } = await openDataset(request, defaultLimits)
  close()
  return { ...matching, keys: Array.from(items, ({ key }) => key) }
}

// The folders are those of datumaro's own tests, which are not copied into this project: they are read where they are.
describe.skipIf(!existsSync(layouts))('folders of known datasets, as datumaro has them', () => {
  it.each<[string, string, string[]]>([
    [
      'camvid_dataset',
      'name',
      ['0001TP_008550.png', '0001TP_008580.png', '0001TP_006690.png', '0016E5_07959.png'],
    ],
    ['camvid_dataset/testannot', 'path', ['0001TP_008550.png', '0001TP_008580.png']],
    ['common_semantic_segmentation_dataset/dataset', 'name', ['0001.png', '0002.png']],
    [
      'common_semantic_segmentation_dataset/non_standard_dataset/segmentation',
      'name',
      ['gt_0001.png', 'gt_0002.png'],
    ],
    ['kitti_dataset/kitti_segmentation', 'name', ['000030_10.png', '000030_11.png']],
    ['mapillary_vistas_dataset/dataset_with_meta_file', 'name', ['1.png', '2.png']],
    ['mapillary_vistas_dataset/v1.2', 'name', ['0.png', '1.png', '2.png']],
    ['mapillary_vistas_dataset/v2.0', 'name', ['0.png', '1.png', '2.png']],
    ['synthia_dataset/color_segm_dataset', 'name', ['000000.png', '000001.png']],
    ['synthia_dataset/dataset_with_custom_labelmap', 'name', ['000000.png', '000001.png']],
    ['synthia_dataset/dataset_with_meta_file', 'name', ['000000.png', '000001.png']],
    [
      'synthia_dataset/labels_segm_dataset',
      'tail',
      ['B', 'F'].flatMap((view) => [`Stereo_Left/Omni_${view}/000000.png`, `Omni_${view}/000001.png`]),
    ],
    ['voc_dataset/voc_dataset1', 'voc', ['2007_000001.png']],
    ['cvat_dataset/for_images/train.xml', 'path', ['img0.png', 'img1.png']],
  ])('%s meets predictions by the rule %s', async (groundTruth, rule, predictions) => {
    const { pairs, keys, ...matching } = await match(groundTruth, predictions)
    expect(matching).toMatchObject({ rule, missing: [], extra: [], ambiguous: [], unreadable: [] })
    expect(pairs).toBe(keys.length)
    expect(pairs).toBe(predictions.length)
  })

  it.each([
    ['dataset', 'instanceIds', 'cityscapes_classes'],
    ['train_dataset', 'labelTrainIds', 'cityscapes_train_ids'],
  ])('Cityscapes’ %s needs the preset of its files, and says which', async (name, kind, preset) => {
    const frames = ['000001_000031', '000001_000032', '000002_000045', '000001_000019']
    const predictions = frames.map((frame) => `defaultcity_${frame}_pred.png`)
    const without = await match(`cityscapes_dataset/${name}`, predictions)
    expect(without.hints[0]).toContain(`"${preset}" for ${kind}`)
    expect(await match(`cityscapes_dataset/${name}`, predictions, preset)).toMatchObject({
      rule: 'cityscapes',
      pairs: 4,
      missing: [],
      extra: [],
    })
  })

  it('a video of CVAT is matched by the names of its frames', async () => {
    const frames = [10, 13, 16, 19].map((frame) => `frame_0000${frame}.png`)
    const matched = await match('cvat_dataset/for_video/annotations.xml', frames)
    expect(matched).toMatchObject({ rule: 'path', pairs: 4, missing: [], extra: [] })
  })

  it('masks whose names begin otherwise are told with the patterns that pair them', async () => {
    const truth = 'common_semantic_segmentation_dataset/non_standard_dataset/segmentation/masks'
    const { hints, pairs } = await match(truth, ['image_0001.png', 'image_0002.png'])
    expect(pairs).toBe(0)
    expect(hints[0]).toContain(`--match-gt '**/gt_{key}' --match-pred '**/image_{key}'`)
  })
})
