import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCocoRle } from '../../../../src/annotations/formats/coco/encode-rle.ts'
import { readCocoRle, readRuns } from '../../../../src/annotations/formats/coco/read-rle.ts'
import { writeCounts } from '../../../../src/annotations/formats/coco/rle-text.ts'
import { JsonNode } from '../../../../src/json/json-node.ts'
import type { LabelMap } from '../../../../src/labels/label-map.ts'
import { blankCanvas, freshBudget, grid, refusalOf, rowsOf } from '../../grid.ts'
import { sampleJson, sampleTest } from '../../samples.ts'

const square = { counts: [24, 4, 7, 4, 7, 4, 7, 4, 60], text: 'h04700000e1' }
const triangle = {
  counts: [12, 1, 10, 3, 8, 6, 5, 6, 6, 4, 7, 3, 8, 2, 9, 1, 30],
  text: '<1:2N3M01N1O1O1Oe0',
}

function decode(counts: unknown, width: number, height: number): LabelMap {
  const canvas = blankCanvas(width, height)
  const node = new JsonNode({ size: [height, width], counts })
  readCocoRle(node, canvas, freshBudget())(canvas)
  return { width, height, depth: 1, labels: canvas.labels }
}

const masks = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.nat({ max: 2 }), { minLength: width * height, maxLength: width * height })
      .map((labels): LabelMap => ({ width, height, depth: 1, labels: Uint8Array.from(labels) })),
  )

describe('COCO run lengths', () => {
  it.each([square, triangle])(
    'text and array of pycocotools are the same mask: $text',
    ({ counts, text }) => {
      const mask = decode(counts, 11, 11)
      expect(decode(text, 11, 11)).toEqual(mask)
      expect(encodeCocoRle(mask)).toEqual({ size: [11, 11], counts: text })
    },
  )

  it('runs go down the columns, background first', () => {
    expect(rowsOf(decode([1, 2, 2, 1], 2, 3))).toEqual(['..', '1.', '11'])
    expect(rowsOf(decode([0, 6], 2, 3))).toEqual(['11', '11', '11'])
  })

  it('keeps a run of more than 2^32 pixels through the text', () => {
    const counts = [2 ** 40, 5, 2 ** 33, 7, 2 ** 40]
    const total = counts.reduce((sum, count) => sum + count)
    const ends = readRuns(new JsonNode(writeCounts(counts)), total, freshBudget())
    expect(Array.from(ends, (end, run) => end - (ends[run - 1] ?? 0))).toEqual(counts)
  })

  it('gives every mask back', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const { counts } = encodeCocoRle(mask)
        const inside = Uint8Array.from(mask.labels, (label) => (label ? 1 : 0))
        expect(decode(counts, mask.width, mask.height).labels).toEqual(inside)
      }),
    )
  })

  it('encodes one label of several alone', () => {
    const mask = grid('12', '21')
    expect(decode(encodeCocoRle(mask, 2).counts, 2, 2)).toEqual(grid('.1', '1.'))
    expect(encodeCocoRle(mask, 7).counts).toBe(encodeCocoRle(grid('..', '..')).counts)
  })

  it.each([
    ['past the end', [3, 4], '/counts'],
    ['too short', [1, 2], '/counts'],
    ['negative', [5, -1, 2], '/counts'],
    ['fraction', [1.5, 4.5], '/counts'],
    ['not a number', [1, '5'], '/counts/1'],
    ['cut text', '0Q', '/counts'],
    ['foreign character', '0 6', '/counts'],
    ['endless count', 'o'.repeat(99), '/counts'],
    ['negative count in the text', 'O', '/counts'],
    ['nothing', undefined, '/counts'],
  ])('refuses runs that are wrong: %s', async (_, counts, pointer) => {
    const refusal = await refusalOf(() => decode(counts, 2, 3))
    expect(refusal.code).toBe('INVALID_ANNOTATION')
    expect(refusal.errors[0].pointer).toBe(pointer)
  })

  it('refuses another size than the image has', async () => {
    const node = new JsonNode({ size: [2 ** 31, 2 ** 31], counts: [2 ** 62] })
    const refusal = await refusalOf(() => readCocoRle(node, { width: 4, height: 4 }, freshBudget()))
    expect(refusal.errors[0].pointer).toBe('/size')
  })

  sampleTest('the texts of a real results file come back letter for letter', () => {
    const results = sampleJson('coco/instances_val2014_fakesegm100_results.first30.json')
    expect(results.length).toBe(30)
    for (const { segmentation } of results) {
      const [height, width] = segmentation.size
      expect(encodeCocoRle(decode(segmentation.counts, width, height))).toEqual(segmentation)
    }
  })
})
