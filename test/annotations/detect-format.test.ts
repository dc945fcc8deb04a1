import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { detectFormat } from '../../src/annotations/detect-format.ts'
import { formatNames } from '../../src/annotations/formats/catalogue.ts'
import { openSource } from '../../src/annotations/open-source.ts'
import { defaultLimits } from '../../src/limits.ts'
import { tools } from '../fixtures/labeling/tools.ts'
import { example, exampleFolder, exampleJson } from '../http/examples.ts'
import { refusalOf } from './grid.ts'

/** The example files of every format, but for PNGs, which are looked at with their JSON. */
const examples = Object.entries(tools).flatMap(([format, folders]) =>
  Object.keys(folders).flatMap((folder) =>
    readdirSync(join(exampleFolder, folder))
      .filter((name) => !name.endsWith('.png'))
      .map((name) => ({ format, path: `${folder}/${name}` })),
  ),
)

/** Other forms of document that a format has. */
const documents: readonly (readonly [string, unknown])[] = [
  ['coco', []],
  ['coco_panoptic', { segments_info: [] }],
  ['cvat_shapes', '<?xml version="1.0"?>\n<annotations>\n</annotations>'],
  ['qupath', { type: 'Feature', geometry: null, properties: {} }],
  ['qupath', [{ type: 'Feature', geometry: null, properties: {} }]],
  ['segment_anything', { image: { image_id: 1 }, annotations: [{ segmentation: {}, predicted_iou: 1 }] }],
  ['roboflow', [{ image: { width: 2, height: 2 }, predictions: [] }]],
  ['roboflow', { predictions: { image: { width: 2, height: 2 }, predictions: [] } }],
  ['via', { _via_settings: {}, _via_img_metadata: {}, _via_attributes: {} }],
  ['via', { project: {}, config: {}, attribute: {}, file: {}, metadata: {}, view: {} }],
  ['via', 'filename,file_size,file_attributes,region_count\n'],
  ['via', '#filename,file_size,file_attributes,region_count\n'],
  ['labelbox', { data_row: { id: 'x' }, projects: {} }],
  ['labelbox', [{ ID: 'x', 'DataRow ID': 'y', Label: {} }]],
  ['encord', { top: 0, left: 0, width: 2, height: 2, rle_string: '4' }],
  ['label_studio', exampleJson('label-studio/prediction.json').result],
  ['label_studio', { action: 'ANNOTATION_UPDATED', annotation: { result: [] }, task: {}, project: {} }],
  ['coco_rle', { size: [2, 2], counts: '4' }],
  ['coco_rle', [{ label: 'a', size: [2, 2], counts: [4] }]],
  ['coco_polygons', [[0, 0, 1, 0, 1, 1]]],
  ['coco_polygons', [{ label: 'a', polygons: [[0, 0, 1, 0, 1, 1]] }]],
  ['cvat_mask', [0, 4, 1, 1, 2, 2]],
  ['cvat_mask', [{ label: 'a', points: [0, 4, 1, 1, 2, 2] }]],
]

describe('the content says the format', () => {
  it.each(documents)('tells a document of %s', (format, document) => {
    expect(detectFormat(document)).toBe(format)
  })

  it.each(examples)('tells that $path is of $format', async ({ format, path }) => {
    const bytes = example(path)
    // Lines of text are an annotation only by their option; what they are like is looked at all the same.
    if (path.endsWith('.txt')) {
      expect(detectFormat(bytes.toString())).toBe(format)
      return
    }
    const source = await openSource({ kind: 'file', bytes }, {}, defaultLimits)
    if (source.kind === 'mask') throw new Error(`${path} was taken for a mask`)
    expect(source.options.format ?? detectFormat(source.data)).toBe(format)
  })

  it('knows an example file of every format', () => {
    expect(new Set(examples.map(({ format }) => format))).toEqual(new Set(formatNames))
  })

  it('refuses what could be of several formats or is of none, and asks for `format`', async () => {
    const several = await refusalOf(() =>
      detectFormat({ top: 0, left: 0, rle_string: '4', size: [1, 1], counts: '1' }),
    )
    expect([several.code, several.message]).toEqual([
      'INVALID_ANNOTATION',
      expect.stringContaining('coco_rle or encord'),
    ])
    for (const none of [{}, null, 7, 'hello', { annotations: [] }])
      expect((await refusalOf(() => detectFormat(none))).code).toBe('UNSUPPORTED_FORMAT')
  })
})
