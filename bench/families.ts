import { countMaps } from '../src/counting/count-maps.ts'
import { expectedMutualInformation } from '../src/metrics/information/expected-mutual-information.ts'
import { information } from '../src/metrics/information/information.ts'
import { segmentContributions } from '../src/metrics/information/segments.ts'
import { instances } from '../src/metrics/instances/instances.ts'
import { UndefinedScore } from '../src/metrics/numbers/undefined-score.ts'
import { overlap } from '../src/metrics/overlap/overlap.ts'
import { pairs } from '../src/metrics/pairs/pairs.ts'
import { regions } from '../src/metrics/regions/regions.ts'
import { type ContingencyTable, tableFromPairs } from '../src/metrics/table/contingency-table.ts'
import { seededRandom } from './images/random.ts'
import { benchPair } from './images.ts'
import { interleavedMedians } from './measure.ts'
import { printTable } from './table.ts'
import { atMost } from './verdict.ts'

const thresholds = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]

/** Of a table that nobody has seen: some results are kept with it. */
const families = {
  information: (table: ContingencyTable) => information(table, { logBase: 2, millerMadow: true }),
  'expected MI (AMI)': (table: ContingencyTable) =>
    expectedMutualInformation(table.rowSums, table.columnSums, table.total),
  pairs,
  overlap: (table: ContingencyTable) => overlap(table),
  regions,
  instances: (table: ContingencyTable) => instances(table, { background: 0, thresholds }),
  segments: (table: ContingencyTable) => segmentContributions(table, { logBase: 2, top: 10 }),
}
type Name = keyof typeof families
const names = Object.keys(families) as Name[]

/** Milliseconds and megabytes a family may take. */
const goals = {
  c: { ms: (name: Name) => (name === 'expected MI (AMI)' ? 25 : 100), mb: undefined },
  d: { ms: () => 2000, mb: 500 },
}

/** What every family takes of a counted pair, and one-to-one assignment where every segment touches every other. */
export async function run(): Promise<void> {
  for (const pair of ['c', 'd'] as const) await realistic(pair)
  await everythingTouches()
}

async function realistic(pair: 'c' | 'd'): Promise<void> {
  const { groundTruth, prediction } = benchPair(pair)
  const { width, height } = groundTruth
  const [a, b] = [groundTruth, prediction].map(({ labels }) => ({ width, height, depth: 1, labels }))
  const table = countMaps(a, b, { maxPairs: 4_000_000 })
  const calls = Object.fromEntries(names.map((name) => [name, () => families[name]({ ...table })]))
  const timings = await interleavedMedians(calls, { rounds: 5, minMs: 0 })
  const { ms, mb } = goals[pair]
  printTable({
    title: `Families of ${width}×${height} with ${table.rowLabels.length} and ${table.columnLabels.length} segments, ${table.counts.length} pairs`,
    reading:
      'CPU milliseconds, one thread; megabytes of heap and buffers that a call asks for and leaves uncollected.',
    columns: ['family', 'CPU ms', 'MB'],
    rows: names.map((name) => [
      name,
      atMost(timings[name].cpuMs, ms(name)),
      atMost(
        asked(() => families[name]({ ...table })),
        mb,
      ),
    ]),
  })
}

/** Megabytes that a call asks for, but for what is collected meanwhile. */
function asked(call: () => unknown): number {
  const size = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
  const before = size()
  call()
  return Math.max(0, size() - before) / 1e6
}

const weights: Readonly<Record<string, (i: number, j: number, random: () => number) => number>> = {
  'noise of 1 to 4 pixels': (_, __, random) => 1 + Math.floor(4 * random()),
  'i · j, of which all want the last': (i, j) => (i + 1) * (j + 1),
}

async function everythingTouches(): Promise<void> {
  const rows = []
  for (const size of [1000, 2000, 5000])
    for (const [name, weight] of Object.entries(weights)) {
      const table = complete(size, weight)
      const start = process.cpuUsage()
      const { one_to_one_accuracy } = regions(table)
      const between = process.cpuUsage(start)
      const { aji_plus } = instances(table, { background: null, thresholds: [0.5] })
      const end = process.cpuUsage(start)
      const ms = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000
      const shown = (score: unknown) => (score instanceof UndefinedScore ? score.reason : 'exact')
      rows.push([
        `${size} × ${size}, ${name}`,
        ms(between),
        shown(one_to_one_accuracy),
        ms(end) - ms(between),
        shown(aji_plus),
      ])
    }
  printTable({
    title: 'Where every segment touches every other',
    reading: 'CPU milliseconds of one call, one thread; what the one-to-one assignment came to.',
    columns: ['table', 'regions', 'renaming', 'instances', 'aji_plus'],
    rows,
  })
}

function complete(
  size: number,
  weight: (i: number, j: number, random: () => number) => number,
): ContingencyTable {
  const random = seededRandom(size)
  const groundTruth = new Uint16Array(size * size)
  const prediction = new Uint16Array(size * size)
  const counts = new Float64Array(size * size)
  for (let k = 0; k < counts.length; k++) {
    groundTruth[k] = Math.floor(k / size)
    prediction[k] = k % size
    counts[k] = weight(groundTruth[k], prediction[k], random)
  }
  return tableFromPairs({ groundTruth, prediction, counts })
}
