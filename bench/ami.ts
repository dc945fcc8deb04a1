import { expectedMutualInformation } from '../src/metrics/information/expected-mutual-information.ts'
import { UndefinedScore } from '../src/metrics/numbers/undefined-score.ts'
import { seededRandom } from './images/random.ts'
import { interleavedMedians } from './measure.ts'
import { printTable } from './table.ts'
import { atMost } from './verdict.ts'

interface Case {
  readonly name: string
  readonly segments: number
  readonly pixels: number
  /** Spread of the lognormal sizes. */
  readonly sigma: number
  readonly goalMs?: number
}

const cases: readonly Case[] = [
  { name: '19 classes, 2 Mpx', segments: 19, pixels: 2 ** 21, sigma: 0.5 },
  { name: '300 segments, 2 Mpx', segments: 300, pixels: 2 ** 21, sigma: 0.5, goalMs: 25 },
  { name: '1,000 segments, 2 Mpx', segments: 1000, pixels: 2 ** 21, sigma: 0.5 },
  { name: '5,000 segments, 16 Mpx', segments: 5000, pixels: 2 ** 24, sigma: 0.5, goalMs: 700 },
  {
    name: '5,000 segments of very different size, 16 Mpx',
    segments: 5000,
    pixels: 2 ** 24,
    sigma: 1.5,
    goalMs: 700,
  },
  { name: '100,000 segments, 64 Mpx', segments: 100_000, pixels: 2 ** 26, sigma: 0.5, goalMs: 1000 },
]

/** The expected mutual information, on which adjusted MI spends its time. */
export async function run(): Promise<void> {
  const rows = []
  for (const { name, segments, pixels, sigma, goalMs } of cases) {
    const [truth, prediction] = [1, 2].map((seed) => lognormalSizes(segments, pixels, sigma, seed))
    let expected: number | UndefinedScore = 0
    const { emi } = await interleavedMedians(
      {
        emi: () => {
          expected = expectedMutualInformation(truth, prediction, pixels)
        },
      },
      { rounds: 5, warmUps: 1, minMs: 0 },
    )
    const value =
      (expected as number | UndefinedScore) instanceof UndefinedScore ? 'undefined' : String(expected)
    rows.push([name, atMost(emi.cpuMs, goalMs), value])
  }
  printTable({
    title: 'Expected mutual information of two partitions with so many segments each',
    reading: 'CPU milliseconds, one thread, and what they are meant to stay below.',
    columns: ['case', 'CPU ms', 'value, nats'],
    rows,
  })
}

/** Segment sizes that are lognormal and add up to the pixels; at least 1 each. */
function lognormalSizes(segments: number, pixels: number, sigma: number, seed: number): Float64Array {
  const random = seededRandom(seed)
  const weights = Float64Array.from({ length: segments }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    return Math.exp(sigma * normal)
  })
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const sizes = weights.map((weight) => 1 + Math.floor((weight / sum) * (pixels - segments)))
  sizes[0] += pixels - sizes.reduce((total, size) => total + size, 0)
  return sizes
}
