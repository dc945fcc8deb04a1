import { type Random, seededRandom } from '../../bench/images/random.ts'
import type { LabelArray, LabelMap } from '../../src/labels/label-map.ts'

const arrays = [Uint8Array, Uint16Array, Uint32Array, Int32Array] as const
/** Around the blocks that the kernels work in. */
const sizes = [1, 2, 15, 16, 17, 31, 33, 63, 64, 65, 66, 127, 128, 129, 130, 193, 300, 1000]
const runLengths = [1, 1.3, 2, 4, 9, 40, 200]

export interface RandomPair {
  readonly groundTruth: LabelMap
  readonly prediction: LabelMap
  readonly keep?: Uint8Array
  /** What it is made of, for the message of a failure. */
  readonly about: string
}

/** Two maps of random types, sizes and run lengths, and sometimes a choice of pixels; a pure function of the seed. */
export function randomPair(seed: number): RandomPair {
  const random = seededRandom(seed)
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]
  const n = seed % 50 === 49 ? 32_768 * 2 + pick([-1, 0, 1, 5000]) : pick(sizes)
  const side = (): LabelMap => {
    const labels = new (pick(arrays))(n)
    fillRuns(labels, pick(runLengths), pick([2, 5, 300, 2 ** 32]), random)
    return { width: n, height: 1, depth: 1, labels }
  }
  const [groundTruth, prediction] = [side(), side()]
  const keep = new Uint8Array(n)
  fillRuns(keep, pick(runLengths), 3, random)
  const kinds = [groundTruth, prediction].map((map) => map.labels.constructor.name)
  const kept = random() < 0.4
  const about = `seed ${seed}: ${n} pixels, ${kinds.join(' and ')}${kept ? ', some kept' : ''}`
  return { groundTruth, prediction, ...(kept && { keep }), about }
}

function fillRuns(labels: LabelArray, meanLength: number, range: number, random: Random): void {
  for (let i = 0; i < labels.length; i++)
    labels[i] = i > 0 && random() >= 1 / meanLength ? labels[i - 1] : Math.floor(random() * range)
}
