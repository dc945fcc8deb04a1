import { describe, expect, test } from 'vitest'
import { detectFormat } from '../../src/annotations/detect-format.ts'
import { annotationFormats } from '../../src/annotations/read-options.ts'
import { example, exampleJson } from '../http/examples.ts'
import { refusalOf } from './grid.ts'

/** A document of each format; of some in several forms. */
const documents: readonly (readonly [string, unknown])[] = [
  ['coco', exampleJson('coco/ground-truth.json')],
  ['coco', exampleJson('coco/prediction.json')],
  ['coco_panoptic', exampleJson('coco-panoptic/ground-truth.json')],
  ['coco_panoptic', { segments_info: [] }],
  ['cvat_shapes', exampleJson('cvat/ground-truth.json')],
  ['cvat_shapes', '<?xml version="1.0"?>\n<annotations>\n</annotations>'],
  ['darwin', exampleJson('v7/ground-truth.json')],
  ['encord', exampleJson('encord/ground-truth.json')],
  ['encord', { top: 0, left: 0, width: 2, height: 2, rle_string: '4' }],
  ['label_studio', exampleJson('label-studio/ground-truth.json')],
  ['label_studio', exampleJson('label-studio/prediction.json')],
  ['label_studio', exampleJson('label-studio/prediction.json').result],
  ['label_studio', { action: 'ANNOTATION_UPDATED', annotation: { result: [] }, task: {}, project: {} }],
  ['labelme', exampleJson('labelme/ground-truth.json')],
  ['segments_ai', exampleJson('segments-ai/ground-truth.json')],
  ['supervisely', exampleJson('supervisely/ground-truth.json')],
  ['yolo_seg', example('yolo/ground-truth.txt').toString()],
  ['kaggle_rle', example('kaggle/ground-truth.txt').toString()],
  ['coco_rle', { size: [2, 2], counts: '4' }],
  ['coco_rle', [{ label: 'a', size: [2, 2], counts: [4] }]],
  ['coco_polygons', [[0, 0, 1, 0, 1, 1]]],
  ['coco_polygons', [{ label: 'a', polygons: [[0, 0, 1, 0, 1, 1]] }]],
  ['cvat_mask', [0, 4, 1, 1, 2, 2]],
  ['cvat_mask', [{ label: 'a', points: [0, 4, 1, 1, 2, 2] }]],
]

describe('the content says the format', () => {
  test.each(documents)('%s', (format, document) => {
    expect(detectFormat(document)).toBe(format)
  })

  test('every format has a document here', () => {
    expect(new Set(documents.map(([format]) => format))).toEqual(new Set(annotationFormats))
  })

  test('what could be several, or is none, is refused and asks for `format`', async () => {
    const several = await refusalOf(() =>
      detectFormat({ top: 0, left: 0, rle_string: '4', size: [1, 1], counts: '1' }),
    )
    expect([several.code, several.message]).toEqual([
      'INVALID_ANNOTATION',
      expect.stringContaining('coco_rle or encord'),
    ])
    for (const none of [{}, [], null, 7, 'hello', { annotations: [] }])
      expect((await refusalOf(() => detectFormat(none))).code).toBe('UNSUPPORTED_FORMAT')
  })
})
