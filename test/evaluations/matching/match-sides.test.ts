import { describe, expect, it } from 'vitest'
import { type MatchOptions, matchSides } from '../../../src/evaluations/matching/match-sides.ts'
import { parsePattern } from '../../../src/evaluations/matching/pattern.ts'
import { refuseUnusable } from '../../../src/evaluations/matching/refuse-unusable.ts'
import { stemOf } from '../../../src/evaluations/sources/listing.ts'
import { foldObjectFolders } from '../../../src/evaluations/sources/object-folders.ts'
import { listing } from './listings.ts'

/** `key: prediction` of every item, and the rest of what was matched. */
function match(truths: readonly string[], predictions: readonly string[], options: MatchOptions = {}) {
  const { items, matching } = matchSides(listing(...truths), listing(...predictions), options)
  return { ...matching, items: Object.fromEntries(items.map((item) => [item.key, item.prediction?.path])) }
}

const patterns = (groundTruth?: string, prediction?: string): MatchOptions => ({
  patterns: {
    groundTruth: groundTruth === undefined ? undefined : parsePattern(groundTruth, ''),
    prediction: prediction === undefined ? undefined : parsePattern(prediction, ''),
  },
})

/** Of each rule: a tree that only it pairs as a whole. */
const trees: Readonly<
  Record<string, { truths: string[]; predictions: string[]; keys: string[]; junk?: Record<string, number> }>
> = {
  path: {
    truths: ['a/1.png', 'b/1.png'],
    predictions: ['a/1.tif', 'b/1.npy'],
    keys: ['a/1', 'b/1'],
  },
  name: {
    truths: ['train/1.png', 'val/2.nii.gz'],
    predictions: ['1.png', 'model/2.nii.gz'],
    keys: ['1', '2'],
  },
  tail: {
    truths: ['GT/left/1.png', 'GT/left/2.png', 'GT/right/1.png'],
    predictions: ['out/left/1.png', 'left/2.png', 'model/v2/right/1.npy'],
    keys: ['left/1', 'left/2', 'right/1'],
  },
  cityscapes: {
    truths: ['color', 'instanceIds', 'labelIds', 'labelTrainIds', 'polygons'].flatMap((kind) => [
      `val/bonn/bonn_000000_000019_gtFine_${kind}.png`,
      `val/ulm/ulm_000001_000019_gtFine_${kind}.png`,
    ]),
    predictions: ['bonn_000000_000019_leftImg8bit.png', 'out/ulm_000001_000019.png'],
    keys: ['bonn_000000_000019', 'ulm_000001_000019'],
    junk: { 'other file of Cityscapes': 8 },
  },
  voc: {
    truths: [
      'VOC2012/SegmentationClass/2007_000032.png',
      'VOC2012/SegmentationClass/2007_000033.png',
      'VOC2012/SegmentationObject/2007_000032.png',
      'VOC2012/SegmentationObject/2007_000033.png',
      'VOC2012/Annotations/2007_000032.xml',
    ],
    predictions: [
      'results/VOC2012/Segmentation/comp6_val_cls/2007_000032.png',
      'results/VOC2012/Segmentation/comp6_val_cls/2007_000033.png',
    ],
    keys: ['2007_000032', '2007_000033'],
    junk: { 'other file of Pascal VOC': 3 },
  },
  ade20k: {
    truths: [
      'abbey/ADE_1_seg.png',
      'abbey/ADE_1.jpg',
      'abbey/ADE_1_parts_1.png',
      'abbey/ADE_1.json',
      'abbey/ADE_1/instance_000_ADE_1.png',
      'zoo/ADE_2_seg.png',
    ],
    predictions: ['ADE_1.png', 'ADE_2.png'],
    keys: ['ADE_1', 'ADE_2'],
    junk: { 'document beside a mask': 1, 'part or instance of ADE20K': 2, photo: 1 },
  },
  camvid: {
    truths: ['0001TP_1_L.png', '0001TP_2.png'],
    predictions: ['0001TP_1.png', '0001TP_2_L.png'],
    keys: ['0001TP_1', '0001TP_2'],
  },
  coco_stuff: {
    truths: ['train/1_pixelmaps.png', 'val/2_labelTrainIds.png'],
    predictions: ['1.png', '2.png'],
    keys: ['1', '2'],
  },
  isic: {
    truths: ['ISIC_1_segmentation.png', 'x/ISIC_2_segmentation.png'],
    predictions: ['ISIC_1.png', 'y/ISIC_2_segmentation.png'],
    keys: ['ISIC_1', 'ISIC_2'],
  },
  nnunet: {
    truths: ['labelsTr/case_1.nii.gz', 'labelsTs/case_2.nii.gz', 'imagesTr/case_1.nii.gz', 'dataset.json'],
    predictions: ['case_1.nii.gz', 'case_2.nii.gz'],
    keys: ['case_1', 'case_2'],
    junk: { 'description of nnU-Net': 1, 'image of nnU-Net': 1 },
  },
  brats: {
    truths: ['BraTS_1/BraTS_1_seg.npy', 'BraTS-2/BraTS-2-seg.npy'],
    predictions: ['BraTS_1.npy', 'BraTS-2.npy'],
    keys: ['BraTS-2', 'BraTS_1'],
  },
  suffix: {
    truths: ['a_gt.png', 'b_groundtruth.png', 'c_mask.png', 'd_labels.png'],
    predictions: ['a_pred.png', 'b.png', 'c_output.png', 'd_seg.png'],
    keys: ['a', 'b', 'c', 'd'],
  },
}

describe.each(Object.entries(trees))('the rule %s', (rule, { truths, predictions, keys, junk }) => {
  it('is the first that pairs its own layout', () => {
    const matched = match(truths, predictions)
    expect(matched.rule).toBe(rule)
    expect(Object.keys(matched.items)).toEqual(keys)
    expect(matched).toMatchObject({ pairs: keys.length, missing: [], extra: [], ambiguous: [] })
    expect(matched.junk.ground_truth).toEqual(junk ?? {})
  })

  const named = { rule } as MatchOptions

  it('tells a missing prediction by its key, and one too many by its path', () => {
    const [first, ...others] = predictions
    const matched = match(truths, [...others, 'model/other.png'], named)
    const lost = keys.filter((key) => matched.items[key] === undefined)
    expect(matched.missing).toEqual(lost)
    expect(lost).toHaveLength(1)
    expect(first).toContain(lost[0].split('/').pop())
    expect(matched.extra).toEqual(['model/other.png'])
  })

  it('never takes one of two predictions for a key', () => {
    const [first] = predictions
    const twin = `${first.slice(0, first.lastIndexOf('/') + 1)}${first.slice(first.lastIndexOf('/') + 1).replace(/\..*$/, '')}.webp`
    const { matching } = matchSides(listing(...truths), listing(...predictions, twin), named)
    expect(matching.ambiguous).toEqual([{ key: expect.any(String), candidates: [first, twin].sort() }])
    expect(() => refuseUnusable(matching)).toThrow(expect.objectContaining({ code: 'AMBIGUOUS_MATCH' }))
  })

  it('keeps a ground truth whose name it does not know as an item without a prediction', () => {
    const { missing } = match([...truths, 'strange name/x y z.png'], predictions, named)
    expect(missing.map((key) => key.split('/').pop())).toEqual(['x y z'])
  })

  it('counts what systems leave behind, and takes names in NFC and NFD for one', () => {
    const accents = (paths: readonly string[], form: 'NFC' | 'NFD') =>
      paths.map((path) => path.replaceAll('ADE', 'É').replaceAll('1', '1é').normalize(form))
    const left = ['.DS_Store', '__MACOSX/._a.png', 'Thumbs.db', 'x/desktop.ini', 'README.md']
    // Numbers of Cityscapes and of nnU-Net's folders are no place for letters.
    if (rule !== 'cityscapes') {
      const matched = match(accents(truths, 'NFD'), accents(predictions, 'NFC'), named)
      expect(matched).toMatchObject({ pairs: keys.length, missing: [], extra: [] })
    }
    const { junk: passedOver, pairs } = match(truths, [...predictions, ...left], named)
    expect(pairs).toBe(keys.length)
    expect(passedOver.prediction).toEqual({
      __MACOSX: 1,
      'Thumbs.db': 1,
      'desktop.ini': 1,
      'dot file': 1,
      'text file': 1,
    })
  })
})

describe('matching two sides', () => {
  it('sorts items by the bytes of their keys', () => {
    const names = ['b.png', 'a.png', 'Ä.png', 'B.png', '\u{1f600}.png', '\uffee.png']
    expect(Object.keys(match(names, names).items)).toEqual(['B', 'a', 'b', 'Ä', '\uffee', '\u{1f600}'])
  })

  it('takes the rule with most pairs where none pairs all, and the first of these', () => {
    const matched = match(['x/a.png', 'x/b.png', 'x/c.png'], ['a.png', 'b.png'])
    expect(matched).toMatchObject({ rule: 'name', pairs: 2, missing: ['c'] })
  })

  it('scores the kind of file that the preset of Cityscapes means', () => {
    const { truths, predictions } = trees.cityscapes
    const used = (preset?: string) =>
      matchSides(listing(...truths), listing(...predictions), { rule: 'cityscapes', preset }).items.map(
        ({ groundTruth, group }) => `${group} ${stemOf(groundTruth).split('_').pop()}`,
      )
    expect(used()).toEqual(['bonn labelIds', 'ulm labelIds'])
    expect(used('cityscapes_train_ids')).toEqual(['bonn labelTrainIds', 'ulm labelTrainIds'])
    expect(used('cityscapes_classes')).toEqual(['bonn instanceIds', 'ulm instanceIds'])
  })

  it('does not take frame 10 for frame 1 of Cityscapes', () => {
    const { missing, extra } = match(
      ['bonn_000000_1_gtFine_labelIds.png'],
      ['bonn_000000_10_leftImg8bit.png'],
      { rule: 'cityscapes' },
    )
    expect({ missing, extra }).toEqual({
      missing: ['bonn_000000_1'],
      extra: ['bonn_000000_10_leftImg8bit.png'],
    })
  })

  it('never takes a channel of an image for a mask under nnU-Net', () => {
    const { extra } = match(['labelsTr/case.nii.gz'], ['case.nii.gz', 'case_0000.nii.gz'], { rule: 'nnunet' })
    expect(extra).toEqual(['case_0000.nii.gz'])
  })

  it('takes a JPEG with the key of a mask for its photo, and for the mask where there is nothing else', () => {
    const { items, junk } = match(['photos/a.jpg', 'masks/a.png'], ['a.jpeg'])
    expect(items).toEqual({ a: 'a.jpeg' })
    expect(junk.ground_truth).toEqual({ photo: 1 })
  })

  it('hints at names that differ in upper and lower case only', () => {
    const { hints, missing, extra } = match(['a.png', 'B.png'], ['a.png', 'b.png'])
    expect({ missing, extra }).toEqual({ missing: ['B'], extra: ['b.png'] })
    expect(hints).toEqual(['B and b.png differ in upper and lower case only.'])
  })

  it('hints at names that begin alike, until groups are given', () => {
    const names = ['p1_a.png', 'p1_b.png', 'p2_a.png', 'p2_b.png']
    expect(match(names, names).hints).toEqual([expect.stringContaining(`--match-gt '{group}_*'`)])
    expect(match(names, names, patterns('{group}_*')).hints).toEqual([])
    const folders = names.map((name) => name.replace('_', '/'))
    expect(match(folders, folders).hints).toEqual([expect.stringContaining('--group-by folder')])
    expect(match(folders, folders, { groupBy: 'folder' }).hints).toEqual([])
    const others = ['a_1.png', 'b_1.png', 'c_1.png', 'd_1.png']
    expect(match(others, others).hints).toEqual([])
  })

  it('hints at the preset that the files of Cityscapes need', () => {
    const truths = ['labelTrainIds', 'instanceIds'].map((kind) => `a/a_000000_000001_gtFine_${kind}.png`)
    const photos = ['a/a_000000_000001_leftImg8bit.png']
    expect(match(truths, photos).hints).toEqual([
      'The ground truth has no labelIds of Cityscapes, which are scored without a preset: choose the preset "cityscapes_train_ids" for labelTrainIds or "cityscapes_classes" for instanceIds.',
    ])
    expect(match(truths, photos, { preset: 'cityscapes_train_ids' })).toMatchObject({ pairs: 1, hints: [] })
  })

  it('hints at patterns where names differ in what all of a side begin or end with, and only there', () => {
    const [hint] = match(
      ['m/gt_0001.png', 'm/gt_0002.png'],
      ['image_0001_out.png', 'image_0002_out.png'],
    ).hints
    expect(hint).toContain(`--match-gt '**/gt_{key}' --match-pred '**/image_{key}_out'`)
    expect(match(['gt_01.png', 'gt_02.png'], ['image_03.png', 'image_04.png']).hints).toEqual([])
    const asked = patterns('**/gt_{key}', '**/image_{key}_out')
    expect(match(['m/gt_0001.png'], ['image_0001_out.png'], asked).pairs).toBe(1)
  })

  it('hints at documents that may hold many images each', () => {
    const { hints } = match(['instances_train.json', 'instances_val.json'], ['1.png', '2.png'])
    expect(hints).toEqual([expect.stringContaining('instances_train.json')])
  })

  it('refuses two sides of which nothing belongs together, and shows what there is', () => {
    const { matching } = matchSides(listing('a.png'), listing('b.png'))
    expect(() => refuseUnusable(matching)).toThrow(
      expect.objectContaining({ code: 'NOTHING_MATCHED', message: expect.stringMatching(/a\).*b\.png/) }),
    )
    expect(() => refuseUnusable(matchSides(listing('a.csv'), listing('b.png')).matching)).toThrow(
      'The ground truth holds no mask. What is there was passed over: text file 1.',
    )
    expect(() => refuseUnusable(matchSides(listing('a.png'), listing()).matching)).toThrow(
      'The predictions hold no mask.',
    )
  })

  it('refuses a side with a folder that cannot be listed', () => {
    const truths = {
      ...listing('a.png'),
      unreadable: [{ path: 'p2/', reason: 'The folder cannot be listed: EACCES.' }],
    }
    expect(() => refuseUnusable(matchSides(truths, listing('a.png')).matching)).toThrow(
      expect.objectContaining({ code: 'UNREADABLE_FILE', message: expect.stringContaining('p2/') }),
    )
  })

  it('lists what cannot be read and keeps it as an item', () => {
    const truths = listing('a.png')
    const broken = { ...truths, unreadable: [{ path: 'a.png', reason: 'The link leads nowhere: ENOENT.' }] }
    expect(matchSides(broken, listing('a.png')).matching.unreadable).toEqual([
      { side: 'ground_truth', path: 'a.png', reason: 'The link leads nowhere: ENOENT.' },
    ])
  })
})

describe('a whole dataset as the ground truth, its photos beside its masks', () => {
  const names = ['1', '2']
  const inFolders = (...folders: string[]) =>
    folders.flatMap((folder) => names.map((name) => `${folder}/${name}.png`))

  it.each<[string, string[], string, Record<string, number>]>([
    ['labels of Mapillary', inFolders('train/images', 'train/v1.2/labels'), 'name', { photo: 2 }],
    [
      'the best kind of mask alone',
      [...inFolders('v2.0/images', 'v2.0/labels', 'v2.0/instances', 'v2.0/panoptic'), 'config_v2.0.json'],
      'name',
      { photo: 2, 'other kind of mask than labels': 4, 'document beside the masks': 1 },
    ],
    [
      'label images of SYNTHIA',
      inFolders('GT/LABELS/F', 'GT/COLOR/F', 'RGB/F'),
      'name',
      { photo: 2, 'other kind of mask than LABELS': 2 },
    ],
    [
      'colours of SYNTHIA where there is nothing else',
      inFolders('GT/COLOR/F', 'RGB/F'),
      'name',
      { photo: 2 },
    ],
    ['instances of KITTI', inFolders('training/instance', 'training/image_2'), 'name', { photo: 2 }],
    ['CamVid of SegNet', inFolders('test', 'testannot'), 'name', { photo: 2 }],
    ['MMSegmentation', inFolders('img_dir/val', 'ann_dir/val'), 'name', { photo: 2 }],
    ['masks beside images', inFolders('data/images', 'data/masks'), 'name', { photo: 2 }],
  ])('are told by their folders: %s', (_, truths, rule, junk) => {
    const matched = match(truths, ['1.png', '2.png'])
    expect(matched).toMatchObject({ rule, pairs: 2, missing: [], extra: [], ambiguous: [] })
    expect(matched.junk.ground_truth).toEqual(junk)
  })

  it('keeps what stands elsewhere as an item, and leaves two unknown folders alone', () => {
    const truths = [...inFolders('images', 'masks'), 'more/3.png']
    expect(match(truths, ['1.png', '2.png'])).toMatchObject({ pairs: 2, missing: ['3'] })
    expect(match(inFolders('one', 'two'), ['1.png', '2.png'])).toMatchObject({ pairs: 0 })
  })

  it('is taken as it is where a rule pairs all of it', () => {
    const all = inFolders('images', 'masks')
    expect(match(all, all)).toMatchObject({ rule: 'path', pairs: 4 })
  })
})

describe('patterns of the sides', () => {
  it('say the keys, and count what they leave out', () => {
    const matched = match(
      ['a/mask.png', 'b/mask.png', 'a/other.png'],
      ['pred-a.png', 'pred-b.png', 'notes.png'],
      patterns('{key}/mask', 'pred-{key}'),
    )
    expect(matched).toMatchObject({
      rule: 'pattern',
      items: { a: 'pred-a.png', b: 'pred-b.png' },
      junk: { ground_truth: { 'outside of the pattern': 1 }, prediction: { 'outside of the pattern': 1 } },
    })
  })

  it('may be of one side alone, whose keys are then the names of the other', () => {
    const frames = ['frame_000012', 'frame_000013']
    const matched = match(frames, ['out/000012.png', '000013.png'], patterns('frame_{key}'))
    expect(matched).toMatchObject({ rule: 'pattern', pairs: 2, missing: [], extra: [] })
  })

  it('go by group and key together where both sides name a group', () => {
    const { items } = matchSides(
      listing('p1/gt/s1.png', 'p2/gt/s1.png'),
      listing('p1/out/s1.png', 'p2/out/s1.png'),
      patterns('{group}/gt/{key}', '{group}/out/{key}'),
    )
    expect(items.map(({ key, group, prediction }) => [key, group, prediction?.path])).toEqual([
      ['p1/s1', 'p1', 'p1/out/s1.png'],
      ['p2/s1', 'p2', 'p2/out/s1.png'],
    ])
  })

  it('leave the key to a rule when they only name the group', () => {
    const { items, matching } = matchSides(
      listing('s1_1.png', 's2_1.png'),
      listing('s1_1.png', 's2_1.png'),
      patterns('{group}_*'),
    )
    expect(matching.rule).toBe('path')
    expect(items.map(({ group }) => group)).toEqual(['s1', 's2'])
  })

  it('tell both sides of one folder apart, and refuse a file of both', () => {
    const folder = listing('a_gt.png', 'a_pred.png', 'a.jpg', 'notes.txt.png')
    const { items, matching } = matchSides(folder, folder, patterns('{key}_gt', '{key}_pred'))
    expect(items).toMatchObject([{ key: 'a', prediction: { path: 'a_pred.png' } }])
    expect(matching.junk).toEqual({ ground_truth: { 'outside of the pattern': 2 }, prediction: {} })
    expect(() => matchSides(folder, folder, patterns('{key}_gt', '{key}_*'))).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS' }),
    )
  })
})

describe('folders of objects', () => {
  const bowl = ['x', 'y'].flatMap((key) => [
    `${key}/images/${key}.png`,
    `${key}/masks/2.png`,
    `${key}/masks/1.png`,
  ])

  it('are one mask for each key where the photo stands beside them', () => {
    const { masks, junk } = foldObjectFolders(listing(...bowl))
    expect(masks.map(({ path, reader }) => [path, reader])).toEqual(
      ['x', 'y'].map((key) => [
        key,
        {
          type: 'masks',
          parts: ['1', '2'].map((name) => ({ type: 'file', path: `${key}/masks/${name}.png`, bytes: 1 })),
        },
      ]),
    )
    expect(junk).toEqual({ photo: 2 })
  })

  it('are not guessed without the photo: masks of several images may stand there', () => {
    const files = listing(...bowl.slice(0, -3), 'y/masks/1.png', 'masks/z.png')
    expect(foldObjectFolders(files)).toBe(files)
    const alone = listing('masks/a.png', 'masks/b.png')
    expect(foldObjectFolders(alone)).toBe(alone)
  })

  it('are what a pattern says whose key is a folder', () => {
    const { items, matching } = matchSides(
      listing('x/masks/1.png', 'x/masks/2.png', 'x/photo.png', 'y/masks/1.png'),
      listing('x.png', 'y.png'),
      patterns('{key}/masks/*'),
    )
    expect(
      items.map(({ key, groundTruth, prediction }) => [key, groundTruth.path, prediction?.path]),
    ).toEqual([
      ['x', 'x/masks', 'x.png'],
      ['y', 'y/masks', 'y.png'],
    ])
    expect(items[0].groundTruth.reader).toMatchObject({ type: 'masks', parts: [{}, {}] })
    expect(matching.junk.ground_truth).toEqual({ 'outside of the pattern': 1 })
  })
})
