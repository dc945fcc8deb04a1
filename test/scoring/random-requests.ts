import { deflateSync } from 'node:zlib'
import { type Random, seededRandom } from '../../bench/images/random.ts'
import { presetNames } from '../../src/decoding/presets.ts'
import type { Limits } from '../../src/limits.ts'
import { defaultLimits } from '../../src/limits.ts'
import { damagedPng, type RandomPng, randomPng } from '../counting/random-pngs.ts'
import { pngChunk } from '../oracle/png-writer.ts'

export interface RandomRequest {
  readonly groundTruth: Uint8Array
  readonly prediction: Uint8Array
  readonly options: Readonly<Record<string, unknown>>
  readonly limits: Limits
  /** What it is made of, for the message of a failure. */
  readonly about: string
}

/** Two PNGs that the kernels may read, sometimes odd or damaged ones, and options; a pure function of the seed. */
export function randomRequest(seed: number): RandomRequest {
  const random = seededRandom(seed ^ 0x2545f491)
  const chance = (share: number) => random() < share
  const truth = randomPng(seed)
  const predicted = randomPng(seed + 7919, chance(0.95) ? truth : undefined)
  const file = (png: RandomPng) => (chance(0.08) ? damagedPng(png, seed) : odd(png.bytes, random))
  const options = randomOptions(random)
  const limits = chance(0.05) ? { ...defaultLimits, maxLabelPairs: 40, maxLabels: 20 } : defaultLimits
  const about = `${truth.about}; ${predicted.about}; ${JSON.stringify(options)}`
  return { groundTruth: file(truth), prediction: file(predicted), options, limits, about }
}

/** Sometimes with what decoders step over: transparency, bytes behind the rows or behind the file. */
function odd(bytes: Uint8Array, random: Random): Uint8Array {
  const kind = Math.floor(random() * 12)
  const iend = bytes.length - 12
  const idat = Buffer.from(bytes).indexOf('IDAT') - 4
  const spliced = (at: number, chunk: Uint8Array) =>
    Buffer.concat([bytes.subarray(0, at), chunk, bytes.subarray(at)])
  if (kind === 0) return Buffer.concat([bytes, Buffer.from('more')])
  if (kind === 1) return spliced(iend, pngChunk('IDAT', deflateSync(Buffer.from('behind the rows'))))
  if (kind === 2) return spliced(idat, pngChunk('tRNS', Uint8Array.of(0, 1)))
  return bytes
}

function randomOptions(random: Random): Record<string, unknown> {
  const chance = (share: number) => random() < share
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]
  const some = <T>(values: readonly T[]): T[] => values.filter(() => chance(0.4))
  const labels = [0, 1, 2, 3, 15, 17, 85, 255, 300]
  const maybe = (share: number, entry: () => Record<string, unknown>) => (chance(share) ? entry() : {})
  const map = () => Object.fromEntries(Array.from({ length: 256 }, (_, i) => [grey(i), i % 7]))
  const side = () => ({
    ...maybe(0.6, () => ({ palette: pick(['auto', 'index', 'index', 'value']) })),
    ...maybe(0.3, () => ({ grey_bits: pick(['expanded', 'sample']) })),
    ...maybe(0.15, () => ({ preset: pick(presetNames) })),
    ...maybe(0.1, () => ({ color: pick(['reject', 'rgb24', map()]) })),
    ...maybe(0.1, () => ({ negative: pick(['reject', 'keep']) })),
    ...maybe(0.1, () => ({ alpha: pick(['opaque', 'ignore']) })),
  })
  return {
    include: ['contingency', ...some(['miller_madow'])],
    ground_truth: side(),
    prediction: side(),
    ...maybe(0.4, () => ({
      families: ['information', ...some(['pairs', 'overlap', 'regions', 'instances'])],
    })),
    ...maybe(0.3, () => ({ ignore_labels: some(labels) })),
    ...maybe(0.2, () => ({ ignore_prediction_labels: some(labels) })),
    ...maybe(0.15, () => ({ binary: true })),
    ...maybe(0.2, () => ({ min_segment_area: pick([1, 5, 50]) })),
    ...maybe(0.2, () => ({ background: pick([null, 0, 255]) })),
    ...maybe(0.1, () => ({ classes: ['sky', 'sea', 'sand'] })),
    ...maybe(0.3, () => ({ resize: 'nearest' })),
    ...maybe(0.1, () => ({ log_base: pick(['e', 10]) })),
    // These ask for places: the kernels then only fill label maps.
    ...maybe(0.05, () => ({ border_tolerance: 1 })),
    ...maybe(0.05, () => ({ components: pick(['ground_truth', 'both']), connectivity: 4 })),
  }
}

const grey = (value: number): string => `#${value.toString(16).padStart(2, '0').repeat(3)}`
