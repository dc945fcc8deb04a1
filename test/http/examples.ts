import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../examples/labeling')

/** A file of examples/labeling. */
export const example = (path: string): Buffer => readFileSync(join(folder, path))

export const exampleJson = (path: string) => JSON.parse(example(path).toString())

type Side = 'ground-truth' | 'prediction'
const size = { width: 80, height: 64 }

/** The same scene as a `Mask` of every JSON format, by side. */
export const masks: Readonly<Record<string, (side: Side) => Record<string, unknown>>> = {
  coco: (side) => {
    const dataset = exampleJson('coco/ground-truth.json')
    const results = exampleJson('coco/prediction.json')
    return { format: 'coco', data: side === 'prediction' ? { ...dataset, annotations: results } : dataset }
  },
  coco_panoptic: (side) => ({
    format: 'coco_panoptic',
    data: exampleJson(`coco-panoptic/${side}.json`),
    image_data: example(`coco-panoptic/${side}.png`).toString('base64'),
  }),
  coco_polygons: (side) => ({
    format: 'coco_polygons',
    ...size,
    data: exampleJson(`labelme/${side}.json`).shapes.map(
      ({ label, points }: { label: string; points: number[][] }) => ({ label, polygons: [points.flat()] }),
    ),
  }),
  coco_rle: (side) => ({
    format: 'coco_rle',
    data: exampleJson(`encord/${side}.json`)[0].data_units.unit.labels.objects.map(columnMajor),
  }),
  cvat_mask: (side) => ({
    format: 'cvat_mask',
    ...size,
    data: exampleJson(`cvat/${side}.json`).shapes.map(
      ({ label_id, points }: { label_id: number; points: number[] }) => ({
        label: label_id === 70 ? 'cell' : 'leaf',
        points,
      }),
    ),
  }),
  cvat_shapes: (side) => ({ format: 'cvat_shapes', data: exampleJson(`cvat/${side}.json`) }),
  darwin: (side) => ({ format: 'darwin', data: exampleJson(`v7/${side}.json`) }),
  encord: (side) => ({ format: 'encord', data: exampleJson(`encord/${side}.json`) }),
  label_studio: (side) => ({ format: 'label_studio', data: exampleJson(`label-studio/${side}.json`) }),
  segments_ai: (side) => ({
    format: 'segments_ai',
    data: {
      ...exampleJson(`segments-ai/${side}.json`),
      categories: [
        { id: 1, name: 'cell' },
        { id: 2, name: 'leaf' },
      ],
    },
    image_data: example(`segments-ai/${side}.png`).toString('base64'),
  }),
  supervisely: (side) => ({ format: 'supervisely', data: exampleJson(`supervisely/${side}.json`) }),
  image: (side) => ({ format: 'image', data: example(`cvat-masks/${side}.zip`).toString('base64') }),
}

/** A row-major string as the counts of the same pixels in column order. */
function columnMajor({ name, bitmask }: { name: string; bitmask: { rleString: string } }) {
  const on = decode(bitmask.rleString)
  const counts = [0]
  let value = 0
  for (let x = 0; x < size.width; x++)
    for (let y = 0; y < size.height; y++) {
      if (on[y * size.width + x] !== value) {
        counts.push(0)
        value = 1 - value
      }
      counts[counts.length - 1]++
    }
  return { label: name, size: [size.height, size.width], counts }
}

/** The pixels of a compressed string along the rows; written apart from the reader under test. */
function decode(text: string): number[] {
  const counts: number[] = []
  for (let at = 0; at < text.length; ) {
    let bits = ''
    let more = true
    while (more) {
      const group = text.charCodeAt(at++) - 48
      more = group >= 32
      bits = (group & 31).toString(2).padStart(5, '0') + bits
    }
    const unsigned = Number.parseInt(bits, 2)
    const value = bits[0] === '1' ? unsigned - 2 ** bits.length : unsigned
    counts.push(counts.length > 2 ? value + counts[counts.length - 2] : value)
  }
  return counts.flatMap((count, run) => Array<number>(count).fill(run % 2))
}
