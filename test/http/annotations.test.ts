import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packBrush } from '../annotations/pack-brush.ts'
import { sample, sampleJson, sampleTest } from '../annotations/samples.ts'
import { zipOf } from '../annotations/zip-writer.ts'
import { comparable, example, exampleJson, masks } from './examples.ts'
import { at, form, post, type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const score = async (body: FormData | object) => {
  const { status, json } = await post(service, '/v1/score', body)
  expect(status, JSON.stringify(json)).toBe(200)
  return json
}
const pairs = comparable.map((format, index, all) => [format, all[(index + 5) % all.length]])
const rows = (json: unknown) =>
  (at(json, '/overlap/per_class') as { name?: string; iou: number }[]).map(({ name, iou }) => [name, iou])

describe('formats of labeling tools', () => {
  it.each(pairs)('%s against %s: names match, and the scores are those of any other pair', async (a, b) => {
    const json = await score({ ground_truth: masks[a]('ground-truth'), prediction: masks[b]('prediction') })
    expect(json.mi_loss).toBeCloseTo(0.5446979353609693, 12)
    const named = rows(json)
    expect(named).toContainEqual(['cell', 0.720217835262083])
    expect(named).toContainEqual(['leaf', 0.7404580152671756])
  })

  it.each(pairs)('%s and %s of one scene are one mask', async (a, b) => {
    const json = await score({ ground_truth: masks[a]('prediction'), prediction: masks[b]('prediction') })
    expect(json.mi_loss).toBe(0)
    expect(at(json, '/overlap/mean_iou')).toBe(1)
  })

  it('a file against JSON text, with the format of each side, and the fill rule echoed', async () => {
    const options = {
      ground_truth: { format: 'yolo_seg', width: 80, height: 64 },
      prediction: { polygon_fill: 'center' },
      classes: ['cell', 'leaf'],
    }
    const json = await score(
      form({
        ground_truth: example('yolo/ground-truth.txt'),
        prediction: example('labelme/prediction.json'),
        options,
      }),
    )
    expect(at(json, '/ground_truth')).toMatchObject({ format: 'yolo_seg', polygon_fill: 'coco' })
    expect(at(json, '/prediction')).toMatchObject({ format: 'labelme', polygon_fill: 'center' })
    // Category 0 cannot keep its number, so the class list moves with it.
    expect(at(json, '/options/classes')).toEqual({ 1: 'leaf', 2: 'cell' })
    expect((at(json, '/warnings') as { code: string }[]).map(({ code }) => code)).toContain(
      'CATEGORY_RENUMBERED',
    )
    expect(at(json, '/overlap/per_class/1/name')).toBe('cell')
  })

  it('a document of bare numbers meets one of names by `classes`; without it a warning says so', async () => {
    const pair = {
      ground_truth: masks.encord('ground-truth'),
      prediction: { format: 'coco', data: exampleJson('coco/prediction.json') },
    }
    const codes = (json: unknown) => (at(json, '/warnings') as { code: string }[]).map(({ code }) => code)
    expect(codes(await score(pair))).toContain('NUMBERS_MEET_NAMES')
    const json = await score({ ...pair, options: { classes: { 1: 'cell', 2: 'leaf' } } })
    expect(codes(json)).toEqual([])
    expect(rows(json)).toEqual([
      ['cell', 0.720217835262083],
      ['leaf', 0.7404580152671756],
    ])
  })

  it('reports the names that it gave numbers, and leaves the options alone where nobody named anything', async () => {
    const named = await score({
      ground_truth: masks.darwin('ground-truth'),
      prediction: masks.darwin('prediction'),
    })
    expect(at(named, '/options/classes')).toEqual({ 1: 'cell', 2: 'leaf' })
    const plain = { format: 'labels', data: [[0, 1]] }
    const json = await score({ ground_truth: plain, prediction: plain, options: { classes: ['a', 'b'] } })
    expect(at(json, '/options/classes')).toEqual(['a', 'b'])
  })

  it('crowds are scored like objects, or their pixels are left out when asked to', async () => {
    const data = exampleJson('coco/ground-truth.json')
    data.annotations[0].iscrowd = 1
    const pair = { ground_truth: { format: 'coco', data }, prediction: masks.coco('prediction') }
    const painted = await score(pair)
    expect([painted.mi_loss, at(painted, '/pixels/ignored')]).toEqual([
      expect.closeTo(0.5446979353609693, 12),
      0,
    ])
    expect(at(painted, '/warnings/0/code')).toBe('CROWD_REGIONS')
    const ignored = await score({ ...pair, options: { ground_truth: { crowd: 'ignore' } } })
    const alone = await score({
      ground_truth: { format: 'coco', data: { ...data, annotations: [data.annotations[0]] } },
      prediction: pair.prediction,
    })
    expect(at(ignored, '/pixels/ignored')).toBe(at(alone, '/overlap/per_class/1/support'))
    expect(ignored.warnings).toEqual([])
  })

  it('a zip of several images: one is named', async () => {
    const labelme = (side: string) => exampleJson(`labelme/${side}.json`)
    const zip = zipOf(
      { name: 'a.json', content: labelme('ground-truth') },
      { name: 'b.json', content: labelme('prediction') },
    )
    const options = { ground_truth: { image: 'b.jpg' }, prediction: { image: 'b' } }
    const json = await score(form({ ground_truth: zip, prediction: zip, options }))
    expect([json.mi_loss, at(json, '/ground_truth/polygon_fill')]).toEqual([0, 'inclusive'])
    const { status, json: problem } = await post(
      service,
      '/v1/score',
      form({ ground_truth: zip, prediction: zip }),
    )
    expect([status, problem.code, at(problem, '/errors/0/pointer')]).toEqual([
      422,
      'INVALID_ANNOTATION',
      '/ground_truth',
    ])
    expect(problem.detail).toContain('a.json, b.json')
  })

  it('inspect tells what an annotation holds', async () => {
    const { json } = await post(
      service,
      '/v1/inspect',
      form({ mask: example('label-studio/ground-truth.json') }),
    )
    expect(json).toMatchObject({
      format: 'label_studio',
      width: 80,
      height: 64,
      names: { 1: 'cell', 2: 'leaf' },
    })
  })

  sampleTest("Label Studio's genuine results: one score, as a file and as JSON", async () => {
    const [ground_truth, prediction] = ['gt', 'ann_a'].map((name) =>
      sampleJson(`label-studio-genuine/result_${name}.json`),
    )
    const bytes = (value: object) => new TextEncoder().encode(JSON.stringify(value))
    const asJson = await score({
      ground_truth: { format: 'label_studio', data: ground_truth },
      prediction: { format: 'label_studio', data: prediction },
    })
    const asFiles = await score(form({ ground_truth: bytes(ground_truth), prediction: bytes(prediction) }))
    expect(asFiles.overlap).toEqual(asJson.overlap)
    expect(Object.fromEntries(rows(asJson).slice(1))).toEqual({
      Cell: expect.closeTo(0.8850165664498711, 12),
      Leaf: expect.closeTo(0.9319546364242829, 12),
    })
  })
})

describe("the tools' own samples", () => {
  sampleTest('one scene in Label Studio, CVAT and Segments.ai is one mask', async () => {
    const drawn = sample('label-studio-genuine/result_gt.json')
    const cvat = await score(
      form({ ground_truth: drawn, prediction: sample('cvat/constructed_segmentation_mask_1.1_gt.zip') }),
    )
    expect([cvat.mi_loss, at(cvat, '/overlap/pixel_accuracy')]).toEqual([0, 1])
    const segments = await score(
      form({
        ground_truth: drawn,
        prediction: sample('segments-ai/constructed_label_bitmap.png'),
        prediction_json: sampleJson('segments-ai/constructed_attributes.json'),
        options: { classes: { 1: 'Cell', 2: 'Leaf' } },
      }),
    )
    expect([segments.mi_loss, at(segments, '/overlap/pixel_accuracy')]).toEqual([0, 1])
  })

  sampleTest("labelme's JSON against the PNG it exported", async () => {
    const names = new TextDecoder().decode(sample('labelme/class_names.txt')).trim().split('\n')
    const json = await score(
      form({
        ground_truth: sample('labelme/2011_000003.json'),
        prediction: sample('labelme/SegmentationClass_2011_000003.png'),
        options: { prediction: { preset: 'voc' }, classes: names.map((name) => name.trim()) },
      }),
    )
    expect([json.mi_loss, at(json, '/overlap/pixel_accuracy')]).toEqual([0, 1])
  })
})

describe('refusals point at the region', () => {
  const good = masks.coco('ground-truth')
  const region = (value: object) => ({
    id: 'r',
    type: 'brushlabels',
    original_width: 80,
    original_height: 64,
    value,
  })
  const brushes = (rle: unknown) => ({
    format: 'label_studio',
    data: {
      result: [{ id: 'c', type: 'choices', value: {} }, ...Array(2).fill(region({})), region({ rle })],
    },
  })

  it.each([
    [
      'a brush that claims 2^32 − 1 words',
      brushes([255, 255, 255, 255, 57, 27, 255, 0]),
      '/prediction/result/3/value/rle',
    ],
    ['a brush that ends early', brushes([0, 0, 80, 0, 57, 27, 255]), '/prediction/result/3/value/rle'],
    [
      'runs past the end',
      { format: 'coco_rle', data: { size: [64, 80], counts: [9, 9000] } },
      '/prediction/counts',
    ],
    ['a format that nobody knows', { format: 'coco_lre', data: {} }, '/prediction/format'],
    ['a mask without data', { format: 'coco' }, '/prediction/data'],
    [
      'image_data that is no base64',
      { ...masks.segments_ai('prediction'), image_data: '%%%' },
      '/prediction/image_data',
    ],
    [
      'a polygon without end',
      { format: 'coco_polygons', width: 9, height: 9, data: [[0, 0, 1e9, 0, 1, 1]] },
      '/prediction/0',
    ],
  ])('%s', async (_, prediction, pointer) => {
    const { status, json } = await post(service, '/v1/score', { ground_truth: good, prediction })
    expect(status, JSON.stringify(json)).toBeLessThan(500)
    expect(at(json, '/errors/0/pointer')).toBe(pointer)
  })

  it('a PNG of ids without its JSON names the part that is missing', async () => {
    const side = { format: 'coco_panoptic' }
    const { status, json } = await post(
      service,
      '/v1/score',
      form({
        ground_truth: example('coco-panoptic/ground-truth.png'),
        prediction: example('coco/prediction.json'),
        options: { ground_truth: side },
      }),
    )
    expect([status, json.code, at(json, '/errors/0/pointer')]).toEqual([
      400,
      'MISSING_PART',
      '/ground_truth_json',
    ])
  })
})

describe('what would cost a great deal', () => {
  it('a brush of a million numbers is scored', async () => {
    const [width, height] = [1024, 1024]
    const alphas = Uint8Array.from({ length: width * height }, (_, at) =>
      Math.floor(at / width) % 4 === 0 ? (at % 5) * 60 : 0,
    )
    const region = {
      id: 'r',
      type: 'brushlabels',
      original_width: width,
      original_height: height,
      value: { format: 'rle', rle: packBrush(alphas), brushlabels: ['Cell'] },
    }
    const ground_truth = { format: 'label_studio', data: { result: [region] } }
    const json = await score({ ground_truth, prediction: ground_truth })
    expect(at(json, '/overlap/per_class/1/support')).toBe(alphas.filter((alpha) => alpha > 0).length)
  })

  it.each([
    ['a name that leads out of a zip', zipOf({ name: '../a.json', content: {} }), 422, 'CORRUPT'],
    [
      'a zip that inflates to 100 MB',
      zipOf({ name: 'a.json', content: new Uint8Array(100 * 2 ** 20) }),
      413,
      'INPUT_TOO_LARGE',
    ],
    ['JSON nested without end', Buffer.from('['.repeat(100_000)), 400, 'MALFORMED_JSON'],
    [
      'XML entities',
      Buffer.from('<!DOCTYPE a [<!ENTITY x "y">]><annotations>&x;</annotations>'),
      422,
      'INVALID_ANNOTATION',
    ],
  ])('%s is refused, and the service answers the next request', async (_, prediction, status, code) => {
    const body = form({ ground_truth: example('coco/ground-truth.json'), prediction })
    const refused = await post(service, '/v1/score', body)
    expect([refused.status, refused.json.code, at(refused.json, '/errors/0/pointer')]).toEqual([
      status,
      code,
      '/prediction',
    ])
    await score({ ground_truth: masks.coco('ground-truth'), prediction: masks.coco('prediction') })
  })
})
