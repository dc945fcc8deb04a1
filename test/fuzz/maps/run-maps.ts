import { seededRandom } from '../../../bench/images/random.ts'
import { openMap } from '../../../src/decoding/probabilities/open-map.ts'
import { readArray } from '../../../src/decoding/probabilities/read-array.ts'
import { defaultLimits } from '../../../src/limits.ts'
import { type Mutant, mutate } from '../mutate.ts'
import { outcomeOfError } from '../outcome.ts'
import { mapCorpus, type OriginalMap } from './map-corpus.ts'

/**
 * `original`: read with the probabilities of the original. `refused`: by a code that blames the file. `sound`: others, which
 * are probabilities all the same. Everything else is a failure.
 */
type Verdict = 'original' | 'refused' | 'sound' | 'wrong values' | 'no probabilities' | 'thrown'

export interface MapCase {
  readonly index: number
  readonly file: string
  readonly format: string
  readonly verdict: Verdict
  readonly detail: string
  readonly mutant: Mutant
  readonly ms: number
}

/** Reads mutated probability maps number `from` up to `to` of a seed, each a function of both alone. */
export async function* runMaps(seed: number, from: number, to: number): AsyncGenerator<MapCase> {
  const sound = await Promise.all(mapCorpus.map((original) => valuesOf(original, original.bytes)))
  for (let index = from; index < to; index++) {
    const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0xc2b2ae35))
    const chosen = Math.floor(random() * mapCorpus.length)
    const original = mapCorpus[chosen]
    const mutant = mutate(original, random)
    const start = performance.now()
    const judgement = await judge(original, sound[chosen], mutant)
    const ms = performance.now() - start
    yield { ...judgement, index, file: original.name, format: `map ${original.format}`, mutant, ms }
  }
}

export const isMapFailure = ({ verdict }: Pick<MapCase, 'verdict'>): boolean =>
  verdict !== 'original' && verdict !== 'refused' && verdict !== 'sound'

async function judge(
  original: OriginalMap,
  sound: readonly Float64Array[],
  { how, bytes }: Mutant,
): Promise<Pick<MapCase, 'verdict' | 'detail'>> {
  let planes: readonly Float64Array[]
  try {
    planes = await valuesOf(original, bytes)
  } catch (error) {
    return outcomeOfError(error)
  }
  const wrong = planes.flatMap((plane) => [...plane]).find((value) => !(value >= 0 && value <= 1))
  if (wrong !== undefined) return { verdict: 'no probabilities', detail: String(wrong) }
  if (!original.options.independent) {
    const sums = planes[0].map((_, i) => planes.reduce((sum, plane) => sum + plane[i], 0))
    const off = sums.find((sum) => !(Math.abs(sum - 1) < 0.02))
    if (off !== undefined) return { verdict: 'no probabilities', detail: `a pixel sums to ${off}` }
  }
  const isSame =
    planes.length === sound.length &&
    planes.every((plane, c) => plane.every((value, i) => value === sound[c][i]))
  if (isSame) return { verdict: 'original', detail: '' }
  return { verdict: how.startsWith('truncated') ? 'wrong values' : 'sound', detail: '' }
}

/** The probabilities of each class. */
async function valuesOf({ options, size }: OriginalMap, bytes: Uint8Array): Promise<Float64Array[]> {
  const array = await readArray(bytes, { entry: options.entry }, defaultLimits)
  const { map, labels } = openMap(array, options, size, defaultLimits)
  const pixels = map.width * map.height * map.depth
  if (labels.length !== pixels) throw new Error(`${labels.length} labels of ${pixels} pixels`)
  return map.labels.map((_, index) => {
    const plane = new Float64Array(pixels)
    map.read(index, 0, pixels, plane, 0)
    return plane
  })
}
