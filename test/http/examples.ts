import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type AnnotationFormat, formatNames, formats } from '../../src/annotations/formats/catalogue.ts'
import type { Recipe } from '../../src/annotations/formats/guide.ts'

export const exampleFolder = join(import.meta.dirname, '../../examples/labeling')

/** A file of examples/labeling. */
export const example = (path: string): Buffer => readFileSync(join(exampleFolder, path))

export const exampleJson = (path: string) => JSON.parse(example(path).toString())

type Side = 'ground-truth' | 'prediction'
const size = { width: 80, height: 64 }

type MaskOf = (side: Side) => Record<string, unknown>

/** The file of a folder and side that has this ending, if there is one. */
function fileOf(path: string, ending: string): Buffer | undefined {
  return existsSync(join(exampleFolder, `${path}.${ending}`)) ? example(`${path}.${ending}`) : undefined
}

/** The example of a format as the `Mask` of a JSON body; undefined where it is a zip, which no JSON holds. */
function maskOf(format: AnnotationFormat): MaskOf | undefined {
  const [recipe] = formats[format].guides[0].recipes as readonly Recipe[]
  if (recipe.groundTruth.endsWith('.zip')) return undefined
  const { width, height } = (recipe.options?.ground_truth ?? {}) as { width?: number; height?: number }
  return (side) => {
    const path = `${dirname(recipe.groundTruth)}/${side}`
    const json = ['json', 'geojson', 'ndjson'].flatMap((ending) => fileOf(path, ending) ?? []).at(0)
    const png = fileOf(path, 'png')
    return {
      format,
      ...(width && { width, height }),
      data: json ? JSON.parse(json.toString()) : example(`${path}.txt`).toString(),
      ...(png && { image_data: png.toString('base64') }),
    }
  }
}

/** Masks whose example lacks names, or whose coding would only show what the code under test wrote. */
const ownMasks: Readonly<Record<string, MaskOf>> = {
  coco: (side) => {
    const dataset = exampleJson('coco/ground-truth.json')
    const results = exampleJson('coco/prediction.json')
    return { format: 'coco', data: side === 'prediction' ? { ...dataset, annotations: results } : dataset }
  },
  coco_rle: (side) => ({
    format: 'coco_rle',
    data: exampleJson(`encord/${side}.json`)[0].data_units.unit.labels.objects.map(columnMajor),
  }),
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
  image: (side) => ({ format: 'image', data: example(`cvat-masks/${side}.zip`).toString('base64') }),
}

/** The same scene as a `Mask` of every JSON format, by side. */
export const masks: Readonly<Record<string, MaskOf>> = Object.fromEntries([
  ...formatNames.flatMap((format) => {
    const mask = maskOf(format)
    return mask ? [[format, mask]] : []
  }),
  ...Object.entries(ownMasks),
])

/** The formats among them that name their labels and fill polygons by the same rule: their scores are equal. */
export const comparable: readonly string[] = Object.keys(masks).filter((name) => {
  const format = formatNames.find((known) => known === name)
  const recipe: Recipe | undefined = format && formats[format].guides[0].recipes[0]
  return name in ownMasks || (!recipe?.otherLoss && !recipe?.options?.classes)
})

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
