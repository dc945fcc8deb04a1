import { encodeBinary } from '@thi.ng/rle-pack'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paintBrush, readBrush } from '../../../../src/annotations/formats/label-studio/brush-rle.ts'
import { assignLabels } from '../../../../src/annotations/label-names.ts'
import { paintAnnotation } from '../../../../src/annotations/paint.ts'
import { decodeMask } from '../../../../src/decoding/decode-mask.ts'
import { JsonNode } from '../../../../src/json/json-node.ts'
import { defaultLimits } from '../../../../src/limits.ts'
import { areas, blankCanvas, refusalOf, rowsOf } from '../../grid.ts'
import { packBrush } from '../../pack-brush.ts'
import { pngOf } from '../../png.ts'
import { paint, read, readAndPaint } from '../../read.ts'
import { sample, sampleJson, sampleTest } from '../../samples.ts'

/** Packs alphas as current editors do: R = G = B = A. */
function brush(alphas: readonly number[]): number[] {
  const words = alphas.flatMap((alpha) => [alpha, alpha, alpha, alpha])
  return [...encodeBinary(words, words.length)]
}

function row(value: object, more: object = {}) {
  return { id: 'r1', type: 'brushlabels', original_width: 4, original_height: 2, value, ...more }
}

const brushRow = (alphas: readonly number[], more: object = {}) =>
  row({ format: 'rle', rle: brush(alphas), brushlabels: ['Cell'] }, more)

describe('genuine results of the editor', () => {
  sampleTest('areas, label maps and agreement are what an independent decoder found', async () => {
    const [gt, a] = await Promise.all(
      ['gt', 'ann_a'].map((name) => read(sampleJson(`label-studio-genuine/result_${name}.json`))),
    )
    const list = assignLabels([gt, a])
    expect([...list.names]).toEqual([
      [1, 'Cell'],
      [2, 'Leaf'],
    ])
    const maps = [gt, a].map((image) => paintAnnotation(image, list, defaultLimits).map)
    expect(maps.map(areas)).toEqual([
      { 1: 7681, 2: 8680 },
      { 1: 7680, 2: 8696 },
    ])
    const files = await Promise.all(
      ['gt', 'ann_a'].map((name) =>
        decodeMask(
          sample(`label-studio-genuine/expected_labelmap_${name}.png`),
          { palette: 'index' },
          defaultLimits,
        ),
      ),
    )
    expect(maps.map(({ labels }) => labels)).toEqual(files.map(({ map }) => map.labels))
    expect(iou(maps[0].labels, maps[1].labels, 1)).toBeCloseTo(0.885016566, 9)
    expect(iou(maps[0].labels, maps[1].labels, 2)).toBeCloseTo(0.931954636, 9)
  })

  sampleTest('a task, an annotation and a webhook give the same mask', async () => {
    const result = sampleJson('label-studio-genuine/result_gt.json')
    const alone = await readAndPaint(result)
    const annotation = { id: 7, result, created_at: '2026-01-01' }
    const task = { id: 3, data: {}, annotations: [{ ...annotation, id: 6, was_cancelled: true }, annotation] }
    for (const data of [annotation, task, [task], { action: 'ANNOTATION_CREATED', annotation }])
      expect((await readAndPaint(data)).map).toEqual(alone.map)
  })

  sampleTest('takes regions stored as two rows, one with the label, for one region', async () => {
    const image = await read(sampleJson('label-studio/lsf_magic_wand_annotation.json'))
    expect([image.width, image.height, image.regions.length]).toEqual([3000, 2860, 2])
    expect(image.regions.map(({ label }) => label.kind)).toEqual(['name', 'name'])
    expect(image.warnings).toEqual([])
  })

  sampleTest("the SDK's brushes and exports of every kind are read", async () => {
    const brushes = await read(sampleJson('label-studio/mlbackend_brush_predictions.json'))
    expect([brushes.width, brushes.height]).toEqual([768, 576])
    expect(Object.keys(areas(paint(brushes).map))).toEqual(['1'])
    const exported = await read(sampleJson('label-studio/export_coco_input.json'))
    expect(exported.warnings.map(({ code }) => code)).toEqual(['REGION_SKIPPED'])
    const polygons = await read(sampleJson('label-studio/lsf_polygons_annotation.json'), {
      width: 800,
      height: 501,
    })
    expect(polygons.regions.length).toBe(1)
    const shapes = await read(sampleJson('label-studio-genuine/result_mixed_brush_ellipse_rect.json'))
    expect(shapes.regions.length).toBe(3)
  })
})

function iou(a: ArrayLike<number>, b: ArrayLike<number>, label: number): number {
  let both = 0
  let either = 0
  for (let at = 0; at < a.length; at++) {
    if (a[at] === label && b[at] === label) both++
    if (a[at] === label || b[at] === label) either++
  }
  return both / either
}

describe('brush', () => {
  it.each([
    [1, '1111'],
    [4, '.111'],
    [5, '.1..'],
    [7, '....'],
  ])(
    "the SDK's test vector, words 1 1 1 1 2 3 5 6 7 8 and eight 4: alphas 1, 6, 4, 4 (at least %i)",
    (threshold, mask) => {
      const rle = [0, 0, 0, 18, 57, 27, 252, 96, 32, 1, 0, 6, 0, 40, 0, 192, 3, 128, 17, 56, 32]
      const canvas = blankCanvas(4, 1)
      paintBrush(canvas, Uint8Array.from(rle), threshold, new JsonNode(rle))
      expect(rowsOf(canvas)).toEqual([mask])
    },
  )

  it('takes any alpha but 0 for foreground, or as much as alpha_threshold asks for', async () => {
    const alphas = [0, 1, 127, 128, 255, 0, 0, 9]
    expect(rowsOf((await readAndPaint([brushRow(alphas)])).map)).toEqual(['.111', '1..1'])
    const strict = await readAndPaint([brushRow(alphas)], { alpha_threshold: 128 })
    expect(rowsOf(strict.map)).toEqual(['...1', '1...'])
  })

  it("only alpha counts, whatever colour old versions' brushes had", async () => {
    const words = [
      9, 9, 9, 0, 0, 0, 0, 7, 5, 5, 5, 5, 1, 2, 3, 0, 8, 8, 8, 8, 8, 8, 8, 8, 0, 0, 0, 0, 0, 0, 0, 1,
    ]
    const rle = [...encodeBinary(words, words.length)]
    expect(rowsOf((await readAndPaint([row({ rle })])).map)).toEqual(['.11.', '11.1'])
  })

  it('unpacks every mask that rle-pack packs, with runs that begin and end within a pixel', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(0, 0, 0, 255, 255, 3), { minLength: 32, maxLength: 32 }),
        async (words) => {
          const rle = [...encodeBinary(words, words.length)]
          const { map } = await readAndPaint([row({ rle })])
          expect([...map.labels]).toEqual(Array.from({ length: 8 }, (_, p) => (words[4 * p + 3] ? 1 : 0)))
        },
      ),
    ))

  it('reads a million numbers to the pixels that were drawn, in a little more than one byte a pixel', () => {
    const [width, height] = [1024, 1024]
    // Rows of soft pixels, of which no two neighbours are alike, between empty ones.
    const alphas = Uint8Array.from({ length: width * height }, (_, at) =>
      Math.floor(at / width) % 4 === 0 ? (at % 5) * 60 : 0,
    )
    const packed = packBrush(alphas)
    expect(packed.length).toBeGreaterThan(1_000_000)
    const node = new JsonNode(packed)
    const before = process.memoryUsage().arrayBuffers
    const canvas = blankCanvas(width, height)
    paintBrush(canvas, readBrush(node, canvas), 1, node)
    const asked = process.memoryUsage().arrayBuffers - before
    expect(asked).toBeLessThan(2.5 * width * height)
    expect(canvas.labels).toEqual(alphas.map((alpha) => (alpha > 0 ? 1 : 0)))
  })

  it.each([
    ['a header that claims 2^32 − 1 words', [255, 255, 255, 255, 57, 27, 255, 0], '/0/value/rle'],
    ['a header cut short', [0, 0, 0], '/0/value/rle'],
    ['an input that ends', brush([0, 1, 1, 0, 0, 1, 0, 1]).slice(0, -4), '/0/value/rle'],
    ['a number that is no byte', [0, 0, 0, 32, 256], '/0/value/rle/4'],
    ['a text', 'AAAA', '/0/value/rle'],
    ['another size of word', [0, 0, 0, 32, 25, 27, 255, 0], '/0/value/rle'],
  ])('refuses %s', async (_, rle, pointer) => {
    const refusal = await refusalOf(() => readAndPaint([row({ format: 'rle', rle })]))
    expect(refusal.code).toBe('INVALID_ANNOTATION')
    expect(refusal.errors[0].pointer).toBe(pointer)
  })

  it('refuses an image of 2^32 words before anything is allocated', async () => {
    const more = { original_width: 32_768, original_height: 32_768 }
    const refusal = await refusalOf(() => read([row({ rle: [255, 255, 255, 255] }, more)]))
    expect(refusal.code).toBe('IMAGE_TOO_LARGE')
  })
})

describe('shapes', () => {
  const at = { original_width: 10, original_height: 10 }
  const shape = async (value: object) =>
    rowsOf((await readAndPaint([row(value, at)], { polygon_fill: 'center' })).map)

  it('reads polygons and rectangles in per cent of the image', async () => {
    const points = [
      [20, 10],
      [50, 10],
      [50, 30],
      [20, 30],
    ]
    const polygon = await shape({ points, closed: true, polygonlabels: ['A'] })
    expect(polygon.slice(0, 4)).toEqual(['..........', '..111.....', '..111.....', '..........'])
    expect(await shape({ x: 20, y: 10, width: 30, height: 20, rectanglelabels: ['A'] })).toEqual(polygon)
  })

  it('turns a rectangle clockwise about its upper left corner', async () => {
    const turned = await shape({ x: 50, y: 10, width: 30, height: 20, rotation: 90 })
    expect(turned.slice(0, 5)).toEqual(['..........', '...11.....', '...11.....', '...11.....', '..........'])
  })

  it('reads the radii of an ellipse in per cent of the width and of the height', async () => {
    const size = { original_width: 20, original_height: 10 }
    const value = { x: 50, y: 50, radiusX: 20, radiusY: 20 }
    const { map } = await readAndPaint([row(value, size)])
    const rows = rowsOf(map)
    expect(rows[4]).toBe('......11111111......')
    expect(rows.filter((line) => line.includes('1')).length).toBe(4)
  })

  it('takes what is not transparent in a bitmask for foreground', async () => {
    const png = await pngOf(4, 2, 4, [0, 0, 0, 0, 0, 0, 0, 255, 9, 9, 9, 0, 0, 0, 0, 1, ...Array(16).fill(0)])
    const imageDataURL = `data:image/png;base64,${Buffer.from(png).toString('base64')}`
    const { map } = await readAndPaint([row({ imageDataURL, bitmasklabels: ['A'] })])
    expect(rowsOf(map)).toEqual(['.1.1', '....'])
  })

  it('refuses a bitmask of another size', async () => {
    const png = await pngOf(2, 2, 1, [0, 1, 1, 0])
    const imageDataURL = Buffer.from(png).toString('base64')
    const refusal = await refusalOf(() => read([row({ imageDataURL })]))
    expect(refusal.errors[0].pointer).toBe('/0/value/imageDataURL')
  })

  it('leaves vectors and points out with a warning, and choices and relations without one', async () => {
    const image = await read([
      brushRow([1, 0, 0, 0, 0, 0, 0, 0]),
      row({ vertices: [] }, { id: 'v', type: 'vectorlabels' }),
      row({ x: 1, y: 2, width: 3 }, { id: 'k', type: 'keypointlabels' }),
      { id: 'c', type: 'choices', value: { choices: ['good'] } },
      { from_id: 'a', to_id: 'b', type: 'relation' },
    ])
    expect(image.regions.length).toBe(1)
    expect(image.warnings.map(({ code }) => code)).toEqual(['REGION_SKIPPED'])
  })
})

describe('which result', () => {
  const result = (label: string) => [row({ rle: brush([1, 1, 0, 0, 0, 0, 0, 0]), brushlabels: [label] })]
  const annotation = (id: number, label: string, more: object = {}) => ({
    id,
    result: result(label),
    ...more,
  })
  const nameOf = async (data: unknown, options = {}) => {
    const [{ label }] = (await read(data, options)).regions
    return label.kind === 'value' ? label.value : label.name
  }

  it('takes the newest annotation that was not cancelled, or the one that is named', async () => {
    const task = {
      id: 1,
      data: {},
      annotations: [
        annotation(1, 'new', { updated_at: '2026-03-01T00:00:00Z' }),
        annotation(2, 'old', { updated_at: '2026-01-01T00:00:00Z' }),
        annotation(3, 'cancelled', { updated_at: '2026-05-01T00:00:00Z', was_cancelled: true }),
      ],
    }
    expect(await nameOf(task)).toBe('new')
    expect(await nameOf(task, { annotation: 2 })).toBe('old')
    expect(await nameOf(task, { annotation: '3' })).toBe('cancelled')
    expect((await refusalOf(() => read(task, { annotation: 9 }))).message).toContain('1, 2, 3')
  })

  it('reads the body of a webhook that tells of several annotations', async () => {
    const annotations = [annotation(4, 'first'), annotation(5, 'second')]
    expect(await nameOf({ action: 'ANNOTATIONS_CREATED', annotation: annotations }, { annotation: 4 })).toBe(
      'first',
    )
  })

  it('takes what is chosen or written about a region for no label', async () => {
    const rle = brush([1, 1, 0, 0, 0, 0, 0, 0])
    const data = [row({ rle }, { type: 'brush' }), row({ choices: ['blurred'] }, { type: 'choices' })]
    expect((await read(data)).regions.map(({ label }) => label.kind)).toEqual(['value'])
    const labelled = [...data, row({ rle, labels: ['Cell'] }, { type: 'labels' })]
    expect(await nameOf(labelled)).toBe('Cell')
  })

  it('refuses an annotation without a result at its pointer', async () => {
    const wrong = await refusalOf(() =>
      read({ data: {}, annotations: [{ id: 1, result: null }] }, { format: 'label_studio' }),
    )
    expect([wrong.code, wrong.errors[0].pointer]).toEqual(['INVALID_ANNOTATION', '/annotations/0/result'])
  })

  it('asks for the name of one task of several', async () => {
    const tasks = [5, 6].map((id) => ({ id, data: {}, annotations: [annotation(1, `of ${id}`)] }))
    expect(await nameOf(tasks, { image: 6 })).toBe('of 6')
    expect((await refusalOf(() => read(tasks))).message).toContain('`image`')
  })

  it('reads the prediction of a task without annotations, and refuses a task without either', async () => {
    expect(await nameOf({ data: {}, annotations: [], predictions: [{ result: result('p') }] })).toBe('p')
    const refusal = await refusalOf(() => read({ data: {}, annotations: [] }, { format: 'label_studio' }))
    expect(refusal.errors[0].pointer).toBe('/annotations')
  })

  it('takes the image that an item_index names of several', async () => {
    const two = [0, 1].map((item_index) =>
      brushRow([item_index, 1, 1, 1, 0, 0, 0, 0], { id: `r${item_index}`, item_index }),
    )
    expect(areas((await readAndPaint(two, { image: 1 })).map)).toEqual({ 1: 4 })
    expect((await refusalOf(() => read(two))).message).toContain('`image`')
  })

  it('reads a JSON_MIN export and warns that its ids are lost', async () => {
    const value = {
      original_width: 4,
      original_height: 2,
      format: 'rle',
      rle: brush([0, 1, 0, 0, 0, 0, 0, 0]),
      brushlabels: ['Cell'],
    }
    const image = await read(
      { id: 1, image: '/x.png', tag: [value], lead_time: 3 },
      { format: 'label_studio' },
    )
    expect(areas(paint(image).map)).toEqual({ 1: 1 })
    expect(image.warnings.map(({ code }) => code)).toEqual(['MINIMAL_EXPORT'])
  })

  it('refuses sizes that are missing or do not agree', async () => {
    const other = brushRow([1, 0, 0, 0, 0, 0, 0, 0], { id: 'r2', original_width: 2, original_height: 4 })
    expect((await refusalOf(() => read([brushRow([0, 0, 0, 0, 0, 0, 0, 1]), other]))).errors[0].pointer).toBe(
      '/1',
    )
    const without = [{ id: 'a', type: 'brushlabels', value: { rle: brush([1, 0, 0, 0, 0, 0, 0, 0]) } }]
    expect((await refusalOf(() => read(without))).message).toContain('`width` and `height`')
    expect(areas((await readAndPaint(without, { width: 4, height: 2 })).map)).toEqual({ 1: 1 })
  })

  it('gives unlabelled regions beside labelled ones a name of their own', async () => {
    const bare = row({ rle: brush([0, 0, 0, 0, 0, 0, 0, 1]) }, { id: 'r2' })
    const image = await read([brushRow([1, 0, 0, 0, 0, 0, 0, 0]), bare])
    expect([...paint(image).names!.values()]).toEqual(['Cell', 'unlabelled'])
  })
})
