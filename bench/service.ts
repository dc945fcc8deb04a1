import { flags } from './flags.ts'
import { median } from './measure.ts'
import { realSentPairs, type SentPair, syntheticPair } from './service/body.ts'
import { type Contender, type ContenderName, startContenders } from './service/contenders.ts'
import { goals, tailGoal } from './service/goals.ts'
import type { Load, Sample } from './service/load.ts'
import { type Cell, printTable } from './table.ts'
import { atLeast, atMost } from './verdict.ts'

/** A median of every contender for one image. */
interface Row {
  readonly pair: SentPair
  readonly connections: number
  readonly samples: ReadonlyMap<ContenderName, Sample>
}

/** The whole service under load beside its peers: requests a second, CPU, latencies and memory. */
export async function run(): Promise<void> {
  const contenders = await startContenders()
  try {
    const rows: Row[] = []
    for (const pair of await pairs()) rows.push(await measure(contenders, pair))
    const names = contenders.map(({ name }) => name)
    printRates(rows, names)
    printRatios(rows, names)
    printCosts(rows, names)
    printLatencies(rows)
  } finally {
    await Promise.all(contenders.map((contender) => contender.stop()))
  }
}

async function pairs(): Promise<SentPair[]> {
  const synthetic = (['a', 'b', 'bcv', 'c', 'ccv', 'd', 'e'] as const).filter(flags.wants)
  const real = (await realSentPairs()).filter(({ name }) => flags.wants(name))
  return [...synthetic.map((name) => syntheticPair(name)), ...real]
}

async function measure(contenders: readonly Contender[], pair: SentPair): Promise<Row> {
  const taking = contenders.filter(({ name }) => takesPart(name, pair))
  await compareAnswers(taking, pair)
  const load: Load = { connections: isLarge(pair) ? 2 : 8, seconds: flags.seconds }
  const samples = new Map<ContenderName, Sample[]>()
  for (let round = 0; round < flags.rounds; round++)
    for (const { name, measure } of taking)
      samples.set(name, [...(samples.get(name) ?? []), await measure(pair, load)])
  return {
    pair,
    connections: load.connections,
    samples: new Map([...samples].map(([name, taken]) => [name, medianSample(taken)])),
  }
}

/** Where one answer takes half a second or more, a round would take minutes: one image speaks for the rest. */
function takesPart(name: ContenderName, pair: SentPair): boolean {
  return name !== 'skimage + sklearn' || goals[pair.name]?.[name] !== undefined
}

const isLarge = ({ width, height }: SentPair): boolean => width * height > 8e6

/** A fast wrong answer is no answer: all that compute scores must agree before any is measured. */
async function compareAnswers(contenders: readonly Contender[], pair: SentPair): Promise<void> {
  const answers = []
  for (const { name, answer } of contenders) if (answer) answers.push({ name, ...(await answer(pair)) })
  for (const { name, vi, nmi } of answers)
    if (!(Math.abs(vi - answers[0].vi) < 1e-6 && Math.abs(nmi - answers[0].nmi) < 1e-6))
      throw new Error(`${pair.name}: ${name} answers vi ${vi}, nmi ${nmi}; ${JSON.stringify(answers[0])}`)
}

function medianSample(samples: readonly Sample[]): Sample {
  const of = (field: keyof Sample): number => median(samples.map((sample) => sample[field]))
  return {
    perSecond: of('perSecond'),
    cpuMs: of('cpuMs'),
    p50Ms: of('p50Ms'),
    p99Ms: of('p99Ms'),
    peakMb: Math.max(...samples.map((sample) => sample.peakMb)),
  }
}

const label = ({ pair, connections }: Row): string =>
  `${pair.name} ${pair.width}×${pair.height}${connections === 8 ? '' : `, ${connections} at a time`}`

function printRates(rows: readonly Row[], names: readonly ContenderName[]): void {
  printTable({
    title: 'Pairs a second, two cores',
    reading:
      'Eight requests at a time where nothing else is said; more is better; medians of interleaved rounds.',
    columns: ['image', ...names],
    rows: rows.map((row) => [label(row), ...names.map((name) => row.samples.get(name)?.perSecond ?? '-')]),
  })
}

function printRatios(rows: readonly Row[], names: readonly ContenderName[]): void {
  const others = names.filter((name) => name !== 'maskscore')
  const cell = (row: Row, name: ContenderName): Cell => {
    const [ours, theirs] = [row.samples.get('maskscore'), row.samples.get(name)]
    if (ours === undefined || theirs === undefined) return '-'
    if (theirs.perSecond === 0) return 'no answer in time'
    return atLeast(ours.perSecond / theirs.perSecond, goals[row.pair.name]?.[name])
  }
  printTable({
    title: 'How many times as many pairs a second as each of the others',
    reading:
      "maskscore's rate divided by the other's; above 1 it is ahead; in brackets the least it is meant to be.",
    columns: ['image', ...others],
    rows: rows.map((row) => [label(row), ...others.map((name) => cell(row, name))]),
  })
}

function printCosts(rows: readonly Row[], names: readonly ContenderName[]): void {
  printTable({
    title: 'CPU milliseconds a request',
    reading: "All processes of the server together, the load's own not counted; less is better.",
    columns: ['image', ...names],
    rows: rows.map((row) => [label(row), ...names.map((name) => row.samples.get(name)?.cpuMs ?? '-')]),
  })
}

function printLatencies(rows: readonly Row[]): void {
  printTable({
    title: 'Latency and memory of maskscore under that load',
    reading: `Milliseconds from sending to the whole answer; p99 is meant to stay within ${tailGoal} × p50.`,
    columns: ['image', 'p50', 'p99', 'p99 / p50', 'peak RSS, MB'],
    rows: rows.flatMap((row) => {
      const ours = row.samples.get('maskscore')
      if (ours === undefined) return []
      const tail = atMost(ours.p99Ms / ours.p50Ms, tailGoal)
      return [[label(row), ours.p50Ms, ours.p99Ms, tail, ours.peakMb]]
    }),
  })
}
