import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { refuseUnusable } from '../../../src/evaluations/matching/refuse-unusable.ts'
import { FileStamps } from '../../../src/evaluations/running/file-stamps.ts'
import { classesOf } from '../../../src/evaluations/sources/class-names.ts'
import { type Dataset, openDataset } from '../../../src/evaluations/sources/open-dataset.ts'
import { readContent } from '../../../src/evaluations/sources/read-content.ts'
import type { Reader } from '../../../src/evaluations/sources/reader.ts'
import { defaultLimits } from '../../../src/limits.ts'
import { parseScoreOptions } from '../../../src/scoring/request/parse-options.ts'
import { scorePair } from '../../../src/scoring/score.ts'
import { writeZip } from './zip-writer.ts'

const context = { limits: defaultLimits, pngDecoder: 'auto' } as const
const examples = join(import.meta.dirname, '../../../examples/labeling')
/** What the same scene scores in every format of docs/labeling-tools.md. */
const expectedLoss = (await scoredExample('coco')).mi_loss

async function scoredExample(tool: string) {
  const file = (side: string) =>
    ({ kind: 'file', bytes: readFileSync(join(examples, tool, `${side}.json`)) }) as const
  const masks = { groundTruth: file('ground-truth'), prediction: file('prediction') }
  return (await scorePair(masks, parseScoreOptions({}), context)).report
}

let root: string
const opened: Dataset[] = []
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'maskscore-'))
})
afterEach(() => {
  for (const { close } of opened.splice(0)) close()
  rmSync(root, { recursive: true })
})

function write(path: string, content: unknown): string {
  const target = join(root, path)
  mkdirSync(dirname(target), { recursive: true })
  const isText = typeof content === 'string' || content instanceof Uint8Array
  writeFileSync(target, isText ? content : JSON.stringify(content))
  return target
}

async function open(groundTruth: string, prediction: string) {
  const dataset = await openDataset({ groundTruth, prediction }, defaultLimits)
  opened.push(dataset)
  return { ...dataset, items: [...dataset.items] }
}

/** Scores all items as a run does: with the names of all annotations as classes. */
async function scored(dataset: Awaited<ReturnType<typeof open>>) {
  refuseUnusable(dataset.matching)
  const options = parseScoreOptions({})
  const classes = await classesOf(dataset.annotations, options, context)
  const named = { ...options, ...(classes && { classes }) }
  const reports = dataset.items.map(async ({ groundTruth, prediction, options: ofItem }) => {
    const read = (reader: Reader) => readContent(structuredClone(reader), {}, context)
    const masks = { groundTruth: await read(groundTruth), prediction: await read(prediction as Reader) }
    const sides = { ground_truth: ofItem?.ground_truth ?? {}, prediction: ofItem?.prediction ?? {} }
    return (await scorePair(masks, { ...named, ...sides }, context)).report
  })
  return { classes, reports: await Promise.all(reports) }
}

const side = (tool: string, name: string) => join(examples, tool, name)

describe('documents of labeling tools as sides', () => {
  it.each([
    ['a COCO dataset and results', 'coco', 'json', 'json'],
    ['Datumaro', 'datumaro', 'json', 'json'],
    ['zips of CVAT for images', 'cvat-images', 'zip', 'zip'],
    ['zips of CVAT’s segmentation masks', 'cvat-masks', 'zip', 'zip'],
  ])('score as the pair alone: %s', async (_, tool, ofTruth, ofPrediction) => {
    const dataset = await open(
      side(tool, `ground-truth.${ofTruth}`),
      side(tool, `prediction.${ofPrediction}`),
    )
    const { reports } = await scored(dataset)
    expect(reports.map(({ mi_loss }) => mi_loss)).toEqual([expect.closeTo(expectedLoss as number, 12)])
  })

  it('meet across formats, by the file names of the images', async () => {
    const dataset = await open(side('coco', 'ground-truth.json'), side('cvat-images', 'prediction.zip'))
    const { reports, classes } = await scored(dataset)
    expect(reports[0].mi_loss).toBeCloseTo(expectedLoss as number, 12)
    expect(classes).toEqual({ 0: 'unlabelled', 1: 'cell', 2: 'leaf' })
  })

  it('read COCO panoptic with the PNGs of the folder that is called as the JSON', async () => {
    for (const name of ['ground-truth', 'prediction']) {
      copyFileSync(side('coco-panoptic', `${name}.json`), join(root, `${name}.json`))
      mkdirSync(join(root, name))
      copyFileSync(side('coco-panoptic', `${name}.png`), join(root, name, 'scene.png'))
    }
    const dataset = await open(join(root, 'ground-truth.json'), join(root, 'prediction.json'))
    expect(dataset.matching.unreadable).toEqual([])
    const alone = {
      groundTruth: {
        kind: 'file',
        bytes: readFileSync(side('coco-panoptic', 'ground-truth.png')),
        sidecar: readFileSync(side('coco-panoptic', 'ground-truth.json')),
      },
      prediction: {
        kind: 'file',
        bytes: readFileSync(side('coco-panoptic', 'prediction.png')),
        sidecar: readFileSync(side('coco-panoptic', 'prediction.json')),
      },
    } as const
    const { report } = await scorePair(alone, parseScoreOptions({}), context)
    expect((await scored(dataset)).reports[0].mi_loss).toBe(report.mi_loss)
  })

  it('say which PNG of a panoptic document is not there', async () => {
    const path = side('coco-panoptic', 'ground-truth.json')
    const { matching } = await open(path, path)
    expect(matching.unreadable).toContainEqual({
      side: 'ground_truth',
      path: 'scene.png',
      reason: 'Its PNG "scene.png" is not beside the document.',
    })
  })
})

const square = (x: number, category: number, image: number) => ({
  id: x + 1,
  image_id: image,
  category_id: category,
  segmentation: [[x, 0, x + 4, 0, x + 4, 4, x, 4]],
  iscrowd: 0,
})

const images = ['a', 'b', 'c'].map((name, index) => ({
  id: index + 1,
  file_name: `val/${name}.jpg`,
  width: 8,
  height: 4,
}))
const categories = [
  { id: 5, name: 'cat' },
  { id: 9, name: 'dog' },
]

describe('a COCO dataset', () => {
  const dataset = { images, categories, annotations: [square(0, 5, 1), square(4, 9, 2)] }

  it('lends its images and categories to results; images without annotations are items of both sides', async () => {
    const truth = write('gt.json', dataset)
    const results = write('results.json', [{ ...square(0, 5, 1), score: 0.9 }])
    const opened = await open(truth, results)
    expect(opened.matching).toMatchObject({ pairs: 3, missing: [], extra: [] })
    const { reports, classes } = await scored(opened)
    expect(classes).toEqual({ 0: 'unlabelled', 5: 'cat', 9: 'dog' })
    expect(reports.map(({ overlap }) => overlap?.pixel_accuracy)).toEqual([1, 0.5, 1])
  })

  it('has all images empty in results without an object', async () => {
    const { items } = await open(write('gt.json', dataset), write('results.json', []))
    expect(items.map(({ key, prediction }) => [key, prediction?.type])).toEqual([
      ['val/a', 'range'],
      ['val/b', 'range'],
      ['val/c', 'range'],
    ])
  })

  it('never loses results of an image that it does not list', async () => {
    const results = write('results.json', [square(0, 5, 77)])
    expect((await open(write('gt.json', dataset), results)).matching.extra).toEqual(['77'])
  })

  it('meets a folder of masks', async () => {
    for (const name of ['a', 'b', 'c']) write(`pred/${name}.png`, 'a mask')
    const { matching } = await open(write('gt.json', dataset), join(root, 'pred'))
    expect(matching).toMatchObject({ rule: 'name', pairs: 3 })
  })

  it('is found in an archive where it is the only document, and counts what stands beside it', async () => {
    const zip = writeZip([
      { name: 'annotations/instances.json', content: JSON.stringify(dataset) },
      { name: 'images/a.jpg', content: 'photo' },
    ])
    const { items, matching } = await open(write('gt.zip', zip), write('results.json', []))
    expect(items).toHaveLength(3)
    expect(matching.junk.ground_truth).toEqual({ 'file beside the document': 1 })
  })

  it('is refused when an image is no object', async () => {
    const truth = write('gt.json', { ...dataset, images: [null] })
    await expect(open(truth, truth)).rejects.toMatchObject({ code: 'INVALID_ANNOTATION' })
  })

  it('is refused when two images have one name', async () => {
    const twice = { ...dataset, images: images.map((image) => ({ ...image, file_name: 'a.jpg' })) }
    const { matching } = await open(write('gt.json', twice), write('results.json', []))
    expect(() => refuseUnusable(matching)).toThrow(expect.objectContaining({ code: 'AMBIGUOUS_MATCH' }))
  })
})

describe('what a run that goes on knows an item by', () => {
  it('is the content of the image in the document, wherever it is put for the run', async () => {
    const stamps = async (annotations: unknown[]) => {
      const { items } = await open(
        write('gt.json', { images, categories, annotations }),
        write('results.json', []),
      )
      return items.map((item) => new FileStamps().of(item))
    }
    const before = await stamps([square(0, 5, 1)])
    expect(await stamps([square(0, 5, 1)])).toEqual(before)
    const [a, b, c] = await stamps([square(0, 5, 1), square(0, 5, 2)])
    expect([a, b === before[1], c]).toEqual([before[0], false, before[2]])
  })
})

describe('other documents', () => {
  it('are cut out of the XML of CVAT image by image', async () => {
    const image = (name: string, label: string) =>
      `<image id="1" name="${name}" width="8" height="4"><polygon label="${label}" points="0,0;4,0;4,4;0,4"/></image>`
    const xml = (...parts: string[]) =>
      `<?xml version="1.0"?>\n<annotations><meta><x/></meta>${parts.join('\n')}</annotations>`
    const truth = write(
      'gt.xml',
      xml(
        image('f/ä.jpg', 'cat'),
        image('b.jpg', 'dog'),
        '<image id="3" name="c.jpg" width="8" height="4"/>',
      ),
    )
    const predicted = write(
      'pred.xml',
      xml(
        image('b.jpg', 'cat'),
        image('f/ä.jpg', 'cat'),
        '<image id="3" name="c.jpg" width="8" height="4"></image>',
      ),
    )
    const opened = await open(truth, predicted)
    expect(opened.items.map(({ key }) => key)).toEqual(['b', 'c', 'f/ä'])
    const { reports, classes } = await scored(opened)
    expect(classes).toEqual({ 0: 'unlabelled', 1: 'dog', 2: 'cat' })
    expect(reports.map(({ overlap }) => overlap?.pixel_accuracy)).toEqual([0.5, 1, 1])
  })

  it('name the images of Label Studio as they were called before they were uploaded', async () => {
    const [task] = JSON.parse(readFileSync(side('label-studio', 'ground-truth.json'), 'utf8'))
    const file = (name: string) => ({ ...task, data: { image: `/data/upload/1/0a1b2c3d-${name}.png` } })
    const both = write('tasks.json', [file('scene'), file('other')])
    expect((await open(both, both)).items.map(({ key }) => key)).toEqual([
      'data/upload/1/other',
      'data/upload/1/scene',
    ])
  })

  it('keep documents of one image as they are, and know Supervisely’s names', async () => {
    const source = readFileSync(side('supervisely', 'ground-truth.json'))
    for (const name of ['a.jpg', 'b.png']) write(`gt/ann/${name}.json`, source)
    write('pred/a.png', 'a mask')
    write('pred/b.png', 'a mask')
    const { items } = await open(join(root, 'gt'), join(root, 'pred'))
    expect(items.map(({ key }) => key)).toEqual(['a', 'b'])
  })

  it('number the names of all files of a folder once', async () => {
    const shapes = (label: string) => ({
      imageWidth: 8,
      imageHeight: 4,
      shapes: [
        {
          label,
          points: [
            [0, 0],
            [3, 0],
            [3, 3],
            [0, 3],
          ],
          shape_type: 'polygon',
        },
      ],
    })
    for (const [name, label] of [
      ['a', 'cat'],
      ['b', 'dog'],
      ['c', 'cat'],
    ] as const) {
      write(`gt/${name}.json`, shapes(label))
      write(`pred/${name}.json`, shapes('dog'))
    }
    const { classes, reports } = await scored(await open(join(root, 'gt'), join(root, 'pred')))
    expect(classes).toEqual({ 0: 'unlabelled', 1: 'cat', 2: 'dog' })
    expect(reports.map(({ overlap }) => overlap?.per_class.find(({ label }) => label === 2)?.iou)).toEqual([
      0, 1, 0,
    ])
  })

  it('name nothing where they cannot be read, and leave numbers alone', async () => {
    const truth = write('gt/a.json', '{"shapes": ')
    const { annotations, matching } = await open(dirname(truth), dirname(truth))
    expect(annotations).toHaveLength(2)
    expect(matching.unreadable[0]).toMatchObject({
      path: 'a.json',
      reason: expect.stringContaining('not JSON'),
    })
    expect(await classesOf(annotations, parseScoreOptions({}), context)).toBeUndefined()
  })
})

describe('documents of tools that name their images', () => {
  const size = { width: 8, height: 4 }
  const via = (label: string, x: number) => ({
    regions: [
      {
        shape_attributes: { name: 'rect', x, y: 0, width: 4, height: 4 },
        region_attributes: { class: label },
      },
    ],
  })
  /** Scores as a run does whose options say how large images are. */
  async function accuracies(dataset: Awaited<ReturnType<typeof open>>, options: object) {
    refuseUnusable(dataset.matching)
    const scoring = parseScoreOptions({ ground_truth: options, prediction: options })
    const classes = await classesOf(dataset.annotations, scoring, context)
    const reports = dataset.items.map(async ({ groundTruth, prediction, options: ofItem }) => {
      const masks = {
        groundTruth: await readContent(groundTruth, {}, context),
        prediction: await readContent(prediction as Reader, {}, context),
      }
      const named = {
        ...scoring,
        ...(classes && { classes }),
        ground_truth: { ...options, ...ofItem?.ground_truth },
        prediction: { ...options, ...ofItem?.prediction },
      }
      return (await scorePair(masks, named, context)).report.overlap?.pixel_accuracy
    })
    return { classes, accuracies: await Promise.all(reports) }
  }

  it('are taken apart by these names: a project of VIA, in one text for all', async () => {
    const project = (x: number) => ({
      _via_img_metadata: {
        'a.jpg1': { filename: 'a.jpg', size: 1, ...via('cat', 0) },
        'b.jpg1': { filename: 'b.jpg', size: 1, ...via('dog', x) },
      },
    })
    const dataset = await open(write('gt.json', project(0)), write('pred.json', project(2)))
    expect(dataset.items.map(({ key }) => key)).toEqual(['a', 'b'])
    const [a, b] = dataset.items.map(({ groundTruth }) => groundTruth)
    expect({ ...a, stamp: undefined }).toEqual({ ...b, stamp: undefined })
    const stamps = dataset.items.map((item) => new FileStamps().of(item))
    expect(new Set(stamps).size).toBe(2)
    const scored = await accuracies(dataset, size)
    expect(scored).toEqual({ classes: { 0: 'unlabelled', 1: 'cat', 2: 'dog' }, accuracies: [1, 0.5] })
  })

  it('are taken apart by these names: a table of VIA', async () => {
    const row = (file: string, x: number) =>
      `${file},1,"{}",1,0,"{""name"":""rect"",""x"":${x},""y"":0,""width"":4,""height"":4}","{""class"":""cat""}"`
    const heading =
      '#filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes'
    const table = (x: number) => [heading, row('a.jpg', 0), row('b.jpg', x)].join('\n')
    const dataset = await open(write('gt.csv', table(0)), write('pred.csv', table(4)))
    expect((await accuracies(dataset, size)).accuracies).toEqual([1, 0])
  })

  it('are lists of documents: rows of Labelbox', async () => {
    const rowOf = JSON.parse(readFileSync(side('labelbox', 'ground-truth.ndjson'), 'utf8').split('\n')[0])
    const lines = ['x.png', 'y.png'].map((external_id) =>
      JSON.stringify({ ...rowOf, data_row: { id: external_id, external_id } }),
    )
    const both = write('rows.ndjson', `${lines.join('\n')}\n`)
    const dataset = await open(both, both)
    expect(dataset.items.map(({ key }) => key)).toEqual(['x', 'y'])
    expect((await accuracies(dataset, {})).accuracies).toEqual([1, 1])
  })

  it('have an id where two images are called alike', async () => {
    const image = (key: string) => [key, { filename: 'a.jpg', size: 1, ...via('cat', 0) }]
    const both = write('gt.json', { _via_img_metadata: Object.fromEntries([image('one'), image('two')]) })
    const { matching } = await open(both, both)
    expect(() => refuseUnusable(matching)).toThrow(expect.objectContaining({ code: 'AMBIGUOUS_MATCH' }))
  })

  it('of one image are what they were', async () => {
    const one = (name: string) => write(name, { 'a.jpg1': { filename: 'a.jpg', size: 1, ...via('cat', 0) } })
    const dataset = await open(one('gt/scene.json'), one('pred/scene.json'))
    expect(dataset.items.map(({ key }) => key)).toEqual(['scene'])
  })
})

describe('a video of CVAT', () => {
  const box = (frame: number, x: number, more = '') =>
    `<box frame="${frame}" keyframe="1" xtl="${x}" ytl="0" xbr="${x + 4}" ybr="4" ${more}/>`
  const meta = (first: number, last: number, filter = '') =>
    `<meta><task><id>7</id><size>9</size><start_frame>${first}</start_frame><stop_frame>${last}</stop_frame><frame_filter>${filter}</frame_filter><segments><segment><id>1</id></segment></segments><original_size><width>8</width><height>4</height></original_size></task></meta>`
  const video = (...parts: string[]) =>
    `<?xml version="1.0"?>\n<annotations>${parts.join('\n')}</annotations>`
  const track = (label: string, keys: string) =>
    `<track id="0" label="${label}" source="manual">${keys}</track>`

  it('is a frame an item, also those in which nothing is seen, and boxes between two keys move', async () => {
    // From x = 0 in frame 0 to x = 4 in frame 2; gone from frame 3 on.
    const moving = track(
      'cat',
      `${box(0, 0, 'outside="0"')}${box(2, 4, 'outside="0"')}${box(3, 4, 'outside="1"')}`,
    )
    const truth = write('gt.xml', video('<version>1.1</version>', meta(0, 4), moving))
    const still = track('cat', [0, 1, 2, 3, 4].map((frame) => box(frame, 2)).join(''))
    const opened = await open(truth, write('pred.xml', video(meta(0, 4), still)))
    expect(opened.items.map(({ key }) => key)).toEqual([0, 1, 2, 3, 4].map((k) => `frame_00000${k}`))
    const { reports, classes } = await scored(opened)
    expect(classes).toEqual({ 0: 'unlabelled', 1: 'cat' })
    expect(reports.map(({ overlap }) => overlap?.pixel_accuracy)).toEqual([0.5, 1, 0.5, 0.5, 0.5])
  })

  it('scores every frame as the reader of one frame does', async () => {
    const tracks = [
      track('cat', `${box(1, 0)}${box(6, 4)}`),
      track('dog', `${box(0, 3, 'z_order="1"')}${box(2, 3, 'outside="1"')}${box(4, 0)}`),
      track('cat', `<polygon frame="3" outside="0" points="0,0;2,0;2,4;0,4"/>`),
    ]
    const xml = video(meta(0, 6), ...tracks)
    const dataset = await open(write('gt.xml', xml), write('pred.xml', xml))
    expect(dataset.items).toHaveLength(7)
    for (const [frame, { groundTruth, options }] of dataset.items.entries()) {
      const whole = { kind: 'file', bytes: Buffer.from(xml) } as const
      const ofFrame = await readContent(groundTruth, {}, context)
      const sides = { ground_truth: { image: frame }, prediction: options?.ground_truth ?? {} }
      const scoring = { ...parseScoreOptions({ classes: { 0: 'none', 1: 'cat', 2: 'dog' } }), ...sides }
      const { report } = await scorePair({ groundTruth: whole, prediction: ofFrame }, scoring, context)
      expect([frame, report.overlap?.pixel_accuracy]).toEqual([frame, 1])
    }
  })

  it('numbers frames as its source does, where it takes one of several, and loses none of its tracks', async () => {
    const truth = write('gt.xml', video(meta(10, 20, 'step=5'), track('cat', `${box(10, 0)}${box(12, 0)}`)))
    const { items } = await open(truth, truth)
    expect(items.map(({ key }) => key)).toEqual([10, 12, 15, 20].map((frame) => `frame_0000${frame}`))
  })

  it('has a folder for each task of a project, and takes the frames of its tracks where nothing tells of others', async () => {
    const of = (task: number, frames: string) =>
      `<track id="0" task_id="${task}" label="cat">${frames}</track>`
    const truth = write('gt.xml', video(of(5, box(1, 0)), of(6, `${box(1, 0)}${box(2, 0)}`)))
    const options = { width: 8, height: 4 }
    const { items } = await open(truth, truth)
    expect(items.map(({ key }) => key)).toEqual(['5/frame_000001', '6/frame_000001', '6/frame_000002'])
    const [{ groundTruth, options: ofItem }] = items
    const side = { ...ofItem?.ground_truth, ...options }
    const content = await readContent(groundTruth, {}, context)
    const scoring = { ...parseScoreOptions({}), ground_truth: side, prediction: side }
    const { report } = await scorePair({ groundTruth: content, prediction: content }, scoring, context)
    expect(report.mi_loss).toBe(0)
  })

  it('is refused with images beside it, and with a shape that says no frame', async () => {
    const mixed = video('<image id="1" name="a" width="8" height="4"/>', track('cat', box(0, 0)))
    const nowhere = video(track('cat', '<box xtl="0" ytl="0" xbr="4" ybr="4"/>'))
    for (const [xml, why] of [
      [mixed, 'images and tracks'],
      [nowhere, 'says no frame'],
    ] as const)
      await expect(open(write('gt.xml', xml), write('gt.xml', xml))).rejects.toMatchObject({
        code: 'INVALID_ANNOTATION',
        message: expect.stringContaining(why),
      })
  })
})

describe('a table of run lengths', () => {
  const size = { width: 4, height: 2 }
  const open2 = async (truth: string, predicted: string) =>
    open(write('gt.csv', truth), write('pred.csv', predicted))

  it('is an image an item, its rows objects, and a row without runs an empty mask', async () => {
    // Down the columns of 4 × 2 pixels: 1 to 4 are the left half.
    const truth = 'ImageId,EncodedPixels\r\na.jpg,1 4\r\na.jpg,7 2\r\nb.jpg,\r\n'
    const opened = await open2(truth, '\uFEFFImageId,EncodedPixels\na.jpg,1 4\nb.jpg,"1 2"\n')
    expect(opened.items.map(({ key }) => key)).toEqual(['a', 'b'])
    const { items } = opened
    const read = async (item: number, which: 'groundTruth' | 'prediction') =>
      readContent(items[item][which] as Reader, {}, context)
    const options = parseScoreOptions({
      ground_truth: { format: 'kaggle_rle', ...size },
      prediction: { format: 'kaggle_rle', ...size },
    })
    const report = async (item: number) => {
      const masks = {
        groundTruth: await read(item, 'groundTruth'),
        prediction: await read(item, 'prediction'),
      }
      return (await scorePair(masks, options, context)).report
    }
    expect((await report(0)).overlap?.pixel_accuracy).toBe(6 / 8)
    expect((await report(1)).overlap?.pixel_accuracy).toBe(6 / 8)
  })

  it('may say classes and sizes, in columns of their own or beside the image', async () => {
    const truth = 'ImageId,ClassId,EncodedPixels,Width,Height\na,3,1 4,4,2\na,Fish,5 4,4,2\nb,3,,4,2\n'
    const predicted = 'Height,Width,Image_Label,EncodedPixels\n2,4,a_3,1 4\n2,4,a_Fish,5 2\n2,4,b_Fish,nan\n'
    const { reports, classes } = await scored(await open2(truth, predicted))
    expect(classes).toEqual({ 0: 'unlabelled', 1: 'Fish', 3: '3' })
    expect(reports.map(({ overlap }) => overlap?.pixel_accuracy)).toEqual([6 / 8, 1])
  })

  it('meets a folder of masks', async () => {
    write('pred/a.png', 'a mask')
    const { matching } = await open(write('gt.csv', 'id,rle_mask\na,1 2\n'), join(root, 'pred'))
    expect(matching).toMatchObject({ pairs: 1, missing: [] })
  })

  it.each([
    ['a row with too many cells', 'a,1 2,3', 'Row 2 of the table has 3 cells'],
    ['no image', ',1 2', 'names no image'],
    ['what is no run', 'a,masks/a.png', 'in the place of runs'],
    ['−1 for an empty mask, whose runs would be read wrongly', 'a,-1', 'counted from the run before'],
    ['a quote that never closes', 'a,"1 2', 'cannot be read'],
  ])('is refused with %s', async (_, row, why) => {
    const table = `ImageId,EncodedPixels\n${row}\n`
    await expect(open2(table, table)).rejects.toMatchObject({
      code: 'INVALID_ANNOTATION',
      message: expect.stringContaining(why),
    })
  })

  it('is refused when it says two sizes of one image', async () => {
    const table = 'ImageId,EncodedPixels,Width,Height\na,1 2,4,2\na,1 2,2,4\n'
    await expect(open2(table, table)).rejects.toThrow('another size of "a"')
  })
})
