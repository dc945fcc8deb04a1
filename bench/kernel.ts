import { isDeepStrictEqual } from 'node:util'
import { countMaps } from '../src/counting/count-maps.ts'
import { countMapsPlainly } from '../src/counting/count-maps-plainly.ts'
import type { LabelMap } from '../src/labels/label-map.ts'
import { tableFromPairs } from '../src/metrics/table/contingency-table.ts'
import { flags } from './flags.ts'
import { kernelGoals } from './goals.ts'
import { realPairs, tiledPair } from './images/real.ts'
import { benchPair, benchVolume } from './images.ts'
import { hashLoop, plainLoop, wideHashLoop } from './kernel/loops.ts'
import { PythonCounter, type PythonMethod } from './kernel/python.ts'
import { interleavedMedians, median } from './measure.ts'
import { type Cell, printTable } from './table.ts'
import { atLeast } from './verdict.ts'

interface MapPair {
  readonly name: string
  readonly groundTruth: LabelMap
  readonly prediction: LabelMap
}

const maxPairs = 4_000_000
const python: readonly PythonMethod[] = ['bincount', 'contingency', 'voi']

/** Two decoded label maps become a table: the kernels against a loop, and against what Python has for it. */
export async function run(): Promise<void> {
  const rows: Cell[][] = []
  for await (const pair of pairs()) rows.push(await rowOf(pair))
  printTable({
    title: 'Two decoded label maps counted, one thread',
    reading:
      'CPU nanoseconds a pixel, then how many times as long each of the others takes; above 1× the kernels are ahead. ' +
      'Copying the maps into the kernels is in their time. "Loop" is one pixel a step, into a dense table for 8 bits and into a hash of typed arrays for wider labels; ' +
      '"plain twin" looks for runs in plain TypeScript. All three end with the same sorted table, numpy and its peers with their own counts; numpy renumbers wider labels by a look-up table before bincount.',
    columns: [
      'pair',
      'kernels, ns',
      'loop, ns',
      'loop',
      'plain twin',
      'numpy bincount',
      'skimage contingency_table',
      'skimage variation_of_information',
    ],
    rows,
  })
}

async function* pairs(): AsyncGenerator<MapPair> {
  for (const name of ['a', 'b', 'c', 'd', 'e'] as const) {
    if (!flags.wants(name)) continue
    const { groundTruth, prediction } = benchPair(name)
    yield { name, groundTruth: mapOf(groundTruth), prediction: mapOf(prediction) }
  }
  if (flags.wants('f') && !flags.quick) yield { name: 'f', ...benchVolume() }
  for (const real of realPairs())
    if (flags.wants(`real: ${real.name}`)) yield { name: `real: ${real.name}`, ...(await tiledPair(real)) }
}

const mapOf = ({ width, height, labels }: Omit<LabelMap, 'depth'>): LabelMap => ({
  width,
  height,
  depth: 1,
  labels,
})

async function rowOf({ name, groundTruth, prediction }: MapPair): Promise<Cell[]> {
  const [g, p] = [groundTruth.labels, prediction.labels]
  const table = countMaps(groundTruth, prediction, { maxPairs })
  const slotBits = Math.ceil(Math.log2(4 * table.counts.length))
  const loopOver = [plainLoop, hashLoop, wideHashLoop][g.BYTES_PER_ELEMENT >> 1]
  const loop = () => tableFromPairs(loopOver(g, p, slotBits))
  if (!isDeepStrictEqual(loop(), table)) throw new Error(`${name}: the loop makes another table`)
  const contestants = {
    kernels: () => countMaps(groundTruth, prediction, { maxPairs }),
    loop,
    twin: () => countMapsPlainly(groundTruth, prediction, { maxPairs }),
  }
  const peers = PythonCounter.of(groundTruth, prediction)
  const taken: Record<string, (number | undefined)[]> = {}
  const note = (contestant: string, ms: number | undefined) => {
    taken[contestant] = [...(taken[contestant] ?? []), ms]
  }
  const minMs = 30
  for (let round = 0; round < 2 * flags.rounds + 1; round++) {
    const ours = await interleavedMedians(contestants, { rounds: 1, warmUps: round === 0 ? 5 : 0, minMs })
    for (const [contestant, { cpuMs }] of Object.entries(ours)) note(contestant, cpuMs)
    for (const method of python) note(method, await peers?.time(method, minMs))
  }
  peers?.stop()
  const of = (contestant: string): number | undefined => {
    const all = taken[contestant].filter((ms) => ms !== undefined)
    return all.length === 0 ? undefined : median(all)
  }
  const kernels = of('kernels')!
  const nanoseconds = (ms: number) => (ms * 1e6) / g.length
  const goal = kernelGoals[name]
  const times = (contestant: string, least?: number): Cell => {
    const ms = of(contestant)
    return ms === undefined ? undefined : atLeast(ms / kernels, least)
  }
  return [
    `${name} ${size(groundTruth)}, ${8 * g.BYTES_PER_ELEMENT} bits`,
    nanoseconds(kernels),
    nanoseconds(of('loop')!),
    times('loop', goal?.loop),
    times('twin'),
    times('bincount', goal?.bincount),
    ...python.slice(1).map((method) => times(method)),
  ]
}

const size = ({ width, height, depth }: LabelMap): string =>
  depth === 1 ? `${width}×${height}` : `${width}×${height}×${depth}`
