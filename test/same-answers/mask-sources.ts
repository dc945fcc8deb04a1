import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Random } from '../../bench/images/random.ts'
import { buildCorpus, type Original } from '../fuzz/corpus.ts'
import { mutate } from '../fuzz/mutate.ts'
import { masks as annotatedMasks, example } from '../http/examples.ts'
import { goldenFile, goldenOptions, loadGolden, ownGolden } from '../http/golden-cases.ts'
import { spoilt } from '../openapi/wrong-values.ts'
import { randomRequest } from '../scoring/random-requests.ts'
import type { Choices } from './choices.ts'

/** A mask as it is sent: a file, or the `Mask` of a JSON body. */
export interface SentMask {
  /** What it is, for the message of a difference. */
  readonly about: string
  readonly file?: Uint8Array
  /** The JSON that belongs to the file. */
  readonly sidecar?: Uint8Array
  readonly json?: unknown
  /** The options of its side, which let it be read. */
  readonly options: Readonly<Record<string, unknown>>
}

interface Draw {
  readonly seed: number
  readonly random: Random
  readonly choices: Choices
}

/** Four masks, mostly of one size, of which a request takes as many as it needs. */
type Source = (draw: Draw) => readonly SentMask[]

const tests = join(import.meta.dirname, '..')
const four = [0, 1, 2, 3]

/** Every kind of mask that the service reads, by name, and files of `folder` beside them. */
export async function maskSources(folder?: string): Promise<Readonly<Record<string, Source>>> {
  return {
    'random PNGs': randomPngs,
    'files of every kind': corpusFiles(await buildCorpus()),
    'golden masks': goldenMasks(),
    'labels as JSON': labelLists,
    'annotations as JSON': annotations,
    'annotations as files': annotationFiles(join(tests, '../examples/labeling')),
    'odd files': filesOf(join(tests, 'decode-samples')),
    ...(folder !== undefined && { 'files of a folder': filesOf(folder) }),
  }
}

const randomPngs: Source = ({ seed, choices }) => {
  const { groundTruth, prediction, about } = randomRequest(seed)
  return [groundTruth, prediction, prediction, groundTruth].map((file) => ({
    about,
    file,
    options: choices.chance(0.7) ? { palette: 'index' } : {},
  }))
}

function corpusFiles(corpus: readonly Original[]): Source {
  return ({ random, choices }) => {
    const first = choices.pick(corpus)
    // Of 24 x 20 pixels there are files of several formats; a PNG of a kind has the size of its kind alone.
    const partners = corpus.filter(
      ({ name, format }) => name === first.name || (format !== 'png' && format === first.format),
    )
    return four.map(() => {
      const original = choices.chance(0.5) ? first : choices.pick(partners)
      const mutant = choices.chance(0.15) ? mutate(original, random) : undefined
      return {
        about: mutant ? `${original.name}, ${mutant.how}` : original.name,
        file: mutant?.bytes ?? original.bytes,
        options: { ...original.options },
      }
    })
  }
}

function goldenMasks(): Source {
  const set = loadGolden(ownGolden)
  return ({ choices }) => {
    const golden = choices.pick(set.cases)
    const { ground_truth, prediction } = goldenOptions(golden) as Record<string, Record<string, unknown>>
    const truth = { about: golden.gt, file: goldenFile(set, golden.gt), options: ground_truth }
    const predicted = { about: golden.pred, file: goldenFile(set, golden.pred), options: prediction }
    return choices.chance(0.8) ? [truth, predicted, predicted, truth] : [predicted, truth, truth, predicted]
  }
}

const labelLists: Source = ({ choices }) => {
  const [width, height] = [1 + choices.below(12), 1 + choices.below(8)]
  const values = choices.pick([
    [0, 1],
    [0, 1, 2, 255],
    [-3, 0, 70_000],
    [0, 4_294_967_295],
  ])
  const flat = choices.chance(0.3)
  return four.map(() => {
    const row = () => Array.from({ length: width }, () => choices.pick(values))
    const rows = Array.from({ length: height }, row)
    const wrong = choices.pick<unknown>([0.5, null, '1', [1], -2_147_483_649, 4_294_967_296])
    if (choices.chance(0.04)) rows[choices.below(height)].splice(choices.below(width), 1, wrong as number)
    if (choices.chance(0.04)) rows[choices.below(height)].pop()
    const data = flat ? rows.flat() : rows
    return {
      about: JSON.stringify(data),
      json: { format: 'labels', data },
      options: choices.maybe(0.6, () => ({ negative: 'keep' })),
    }
  })
}

const annotations: Source = ({ seed, choices }) => {
  const formats = Object.keys(annotatedMasks)
  const first = choices.pick(formats)
  return four.map((at) => {
    const format = choices.chance(0.7) ? first : choices.pick(formats)
    const side = at === 0 ? 'ground-truth' : 'prediction'
    const mask = annotatedMasks[format](side)
    const changed = choices.chance(0.3)
    return {
      about: `${format} ${side}${changed ? ', changed' : ''}`,
      json: changed ? fc.sample(spoilt(mask), { numRuns: 1, seed: seed + at })[0] : mask,
      options: {},
    }
  })
}

/** What lets a bare text be read; what `coco` predicts needs the dataset beside it. */
const textOptions: Readonly<Record<string, Record<string, unknown>>> = {
  yolo: { format: 'yolo_seg', width: 80, height: 64 },
  kaggle: { format: 'kaggle_rle', width: 80, height: 64 },
}

function annotationFiles(folder: string): Source {
  const tools = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory())
  return ({ random, choices }) => {
    const first = choices.pick(tools)
    return four.map((at) => {
      const tool = choices.chance(0.75) ? first : choices.pick(tools)
      const side = at === 0 ? 'ground-truth' : 'prediction'
      const files = readdirSync(join(folder, tool)).filter((name) => name.startsWith(side))
      const png = files.find((name) => name.endsWith('.png'))
      const main = example(`${tool}/${png ?? files[0]}`)
      const sidecar = png && choices.chance(0.9) ? example(`${tool}/${side}.json`) : undefined
      const changed = choices.chance(0.15)
      // As a file it is any bytes, so it is mutated as a file of no format that has checksums to mend.
      const mutant = changed && mutate({ format: 'npy', bytes: main }, random)
      return {
        about: `${tool} ${side}${mutant ? `, ${mutant.how}` : ''}`,
        file: mutant ? mutant.bytes : main,
        ...(sidecar && { sidecar }),
        options: textOptions[tool] ?? {},
      }
    })
  }
}

/** Any files of a folder and of the folders in it, up to a size that is scored quickly. */
function filesOf(folder: string): Source {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile() && statSync(join(folder, path)).size <= 2 ** 20)
    .sort()
  return ({ choices }) => {
    const first = choices.pick(paths)
    const neighbours = paths.filter(
      (path) => path.slice(0, path.lastIndexOf('/') + 1) === first.slice(0, first.lastIndexOf('/') + 1),
    )
    return four.map(() => {
      const path = choices.chance(0.4) ? first : choices.pick(neighbours)
      return {
        about: path,
        file: readFileSync(join(folder, path)),
        options: choices.maybe(0.3, () => ({
          palette: 'index',
          color: 'rgb24',
          alpha: 'ignore',
          negative: 'keep',
        })),
      }
    })
  }
}
