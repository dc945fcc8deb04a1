import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeCounts } from '../../src/annotations/formats/coco/rle-text.ts'
import { type Random, seededRandom } from '../images/random.ts'

/** How much is made; the objects lie in the images by chance. */
export interface CocoSpec {
  readonly images: number
  readonly groundTruths: number
  readonly detections: number
  readonly categories: number
}

const [width, height] = [640, 480]
const medianSide = 40
const spread = 1.1
/** Of the ground truths. */
const crowdShare = 0.01

/** An ellipse whose border waves: one run in each column. */
interface Blob {
  readonly x: number
  readonly y: number
  readonly columns: number
  readonly rows: number
  readonly phase: number
}

interface Thing {
  readonly image: number
  readonly category: number
  readonly blob: Blob
}

/** Writes a dataset of COCO and results on it, made by chance from a seed: the same files on every machine. */
export function writeCocoFiles(folder: string, spec: CocoSpec): { groundTruth: string; results: string } {
  const random = seededRandom(15)
  const categories = Array.from({ length: spec.categories }, (_, k) => ({
    id: k + 1,
    name: `category ${k + 1}`,
  }))
  const truths = Array.from({ length: spec.groundTruths }, () => thing(random, spec))
  const annotations = truths.map(({ image, category, blob }, k) => {
    const { segmentation, area, bbox } = maskOf(blob)
    const iscrowd = Number(random() < crowdShare)
    return { id: k + 1, image_id: image, category_id: category, segmentation, area, bbox, iscrowd }
  })
  const images = Array.from({ length: spec.images }, (_, k) => ({
    id: k + 1,
    file_name: `${String(k + 1).padStart(12, '0')}.jpg`,
    width,
    height,
  }))
  const found = Array.from({ length: spec.detections }, (_, k) =>
    // As many near an object as there are objects, a few of them a second time; all others are wrong.
    k < 1.3 * spec.groundTruths ? near(truths[k % truths.length], random, spec) : thing(random, spec, 0.4),
  )
  const results = found.map(({ image, category, blob, score }) => ({
    image_id: image,
    category_id: category,
    segmentation: maskOf(blob).segmentation,
    score: Number(score.toFixed(5)),
  }))
  const paths = { groundTruth: join(folder, 'instances.json'), results: join(folder, 'results.json') }
  writeFileSync(paths.groundTruth, JSON.stringify({ images, annotations, categories }))
  writeFileSync(paths.results, JSON.stringify(results))
  return paths
}

function thing(random: Random, { images, categories }: CocoSpec, trust = 1): Thing & { score: number } {
  const side = medianSide * Math.exp(spread * normal(random))
  const shape = Math.exp(0.4 * normal(random))
  return {
    image: 1 + Math.floor(random() * images),
    // A few categories have most of the objects.
    category: 1 + Math.floor(categories * random() ** 2.5),
    blob: {
      x: random() * width,
      y: random() * height,
      columns: Math.min(width, side * shape),
      rows: Math.min(height, side / shape),
      phase: random(),
    },
    score: trust * random() ** 2,
  }
}

/** A detection of an object: displaced and scaled, surer of itself where it is better, now and then of another category. */
function near({ image, category, blob }: Thing, random: Random, spec: CocoSpec): Thing & { score: number } {
  const error = 0.12 * Math.abs(normal(random))
  const moved = (by: number) => by * error * normal(random)
  const isConfused = random() < 0.1
  return {
    image,
    category: isConfused ? 1 + Math.floor(random() * spec.categories) : category,
    blob: {
      x: blob.x + moved(blob.columns),
      y: blob.y + moved(blob.rows),
      columns: Math.max(2, blob.columns * (1 + moved(1))),
      rows: Math.max(2, blob.rows * (1 + moved(1))),
      phase: blob.phase + moved(0.2),
    },
    score: Math.max(0, Math.min(1, 1 - 2 * error - 0.5 * random() ** 2)),
  }
}

function maskOf({ x, y, columns, rows, phase }: Blob) {
  const left = Math.max(0, Math.min(width - 1, Math.floor(x - columns / 2)))
  const right = Math.min(width, Math.max(left + 1, Math.ceil(x + columns / 2)))
  const counts: number[] = []
  let [end, area, top, bottom] = [0, 0, height, 0]
  for (let column = left; column < right; column++) {
    const across = Math.min(1, Math.abs(column + 0.5 - x) / (columns / 2))
    const half = (rows / 2) * Math.sqrt(1 - across * across) * (1 + 0.15 * Math.sin(7 * (across + phase)))
    const from = Math.max(0, Math.min(height - 1, Math.round(y - half)))
    const to = Math.min(height, Math.max(from + 1, Math.round(y + half)))
    counts.push(column * height + from - end, to - from)
    end = column * height + to
    area += to - from
    top = Math.min(top, from)
    bottom = Math.max(bottom, to)
  }
  counts.push(width * height - end)
  return {
    segmentation: { size: [height, width], counts: writeCounts(joined(counts)) },
    area,
    bbox: [left, top, right - left, bottom - top],
  }
}

/** Runs of length 0 between two others are none. */
function joined(counts: readonly number[]): number[] {
  const list: number[] = []
  for (let k = 0; k < counts.length; k++)
    if (counts[k] === 0 && k > 0 && k + 1 < counts.length) list[list.length - 1] += counts[++k]
    else list.push(counts[k])
  return list.at(-1) === 0 && list.length > 1 ? list.slice(0, -1) : list
}

const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
