import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fromFolder, fromMemory, inPython, overHttp, type PythonWay } from './dataset/contenders.ts'
import { datasetFolder } from './dataset/folder.ts'
import type { MillionResult } from './dataset/million.ts'
import { scoreFolder, threads, warmPool } from './dataset/score-folder.ts'
import { flags } from './flags.ts'
import { type PairSpec, pairSpecs } from './images/pair-spec.ts'
import type { PairName } from './images.ts'
import { median } from './measure.ts'
import { print } from './output.ts'
import { python } from './service/commands.ts'
import { printTable } from './table.ts'
import { atLeast, atMost } from './verdict.ts'

interface Set {
  readonly pair: PairName
  readonly title: string
  /** How many times the rate of each contender is meant to be reached. */
  readonly goals: Readonly<Record<string, number>>
}

const python2 = { 'OpenCV + bincount': 5.5, 'OpenCV + runs': 4.5 }
const sets: readonly Set[] = [
  { pair: 'a', title: '640×480', goals: { 'pool from memory': 1, 'service over HTTP': 2.5, ...python2 } },
  {
    pair: 'b',
    title: '2048×1024, 19 classes',
    goals: { 'pool from memory': 1, 'service over HTTP': 1.15, ...python2 },
  },
]
/** Ways that are told for the record: they are slow, so they score fewer of the pairs, once. */
const slowWays: Readonly<Record<string, { readonly way: PythonWay; readonly pairs: number }>> = {
  'as mmsegmentation': { way: 'mmseg', pairs: 400 },
  'as cityscapesScripts': { way: 'cityscapes', pairs: 100 },
}
const zipGoal = 0.9
const tinyGoal = 250
const intervalGoal = 120
const millionGoals = { seconds: 300, mb: 400, delayMs: 50, growth: 1.2 }

const tiny: PairSpec = { ...pairSpecs.a, width: 64, height: 64, cells: 6, content: 'classes', seed: 9 }

/** A whole dataset: from a folder, beside what else scores many pairs; what a pair costs beside its scoring; a million items. */
export async function run(): Promise<void> {
  const pairs = flags.items ?? (flags.quick ? 100 : 2000)
  for (const set of sets) if (flags.wants(set.pair)) await compare(set, pairs)
  if (flags.wants('tiny')) await tinyPairs(5 * pairs)
  if (flags.wants('million')) million(500 * pairs)
}

async function compare({ pair, title, goals }: Set, pairs: number): Promise<void> {
  const folder = datasetFolder(pair, pairSpecs[pair], pairs)
  const [gt, pred] = [join(folder, 'gt'), join(folder, 'pred')]
  const zips = [gt, pred].map(zipped)
  const pool = await warmPool()
  const ways: Record<string, () => Promise<number | undefined>> = {
    folder: () => fromFolder(gt, pred, pool),
    'two zips': async () => (zips[0] && zips[1] ? fromFolder(zips[0], zips[1], pool) : undefined),
    'pool from memory': () => fromMemory(folder, pool),
    'service over HTTP': () => overHttp(pair, flags.seconds),
    'OpenCV + bincount': async () => inPython('bincount', folder, pairs),
    'OpenCV + runs': async () => inPython('runs', folder, pairs),
  }
  // Code that is not compiled yet would be measured with the first way.
  await fromFolder(gt, pred, pool)
  const rates = new Map<string, number[]>()
  for (let round = 0; round < flags.rounds; round++)
    for (const [name, measure] of Object.entries(ways)) {
      const rate = await measure()
      if (rate !== undefined) rates.set(name, [...(rates.get(name) ?? []), rate])
    }
  for (const [name, { way, pairs: few }] of Object.entries(slowWays)) {
    const rate = inPython(way, folder, Math.min(few, pairs))
    if (rate !== undefined) rates.set(name, [rate])
  }
  await pool.close()
  const medianOf = (name: string) => {
    const list = rates.get(name)
    return list && median(list)
  }
  const own = medianOf('folder') ?? Number.NaN
  printTable({
    title: `${pairs} pairs of ${title}`,
    reading: `Pairs a second with ${threads} threads or processes, medians of ${flags.rounds} rounds (the last two ways: some of the pairs, once); how many times as many come from the folder.`,
    columns: ['way', 'pairs/s', 'folder / way'],
    rows: [...Object.keys(ways), ...Object.keys(slowWays)].map((name) => {
      const rate = medianOf(name)
      if (rate === undefined) return [name, undefined, undefined]
      if (name === 'folder') return [name, rate, '-']
      if (name === 'two zips') return [name, rate, atMost(own / rate, Number((1 / zipGoal).toFixed(2)), '×')]
      return [name, rate, atLeast(own / rate, goals[name])]
    }),
  })
}

/** A zip of stored files beside the folder; undefined where Python is missing. */
function zipped(folder: string): string | undefined {
  const path = `${folder}.zip`
  if (existsSync(path)) return path
  const script =
    'import sys, zipfile, pathlib\nwith zipfile.ZipFile(sys.argv[2], "w") as z:\n  for p in sorted(pathlib.Path(sys.argv[1]).iterdir()): z.write(p, p.name)'
  return spawnSync(python, ['-c', script, folder, path]).status === 0 ? path : undefined
}

async function tinyPairs(pairs: number): Promise<void> {
  const folder = datasetFolder('tiny', tiny, pairs)
  const pool = await warmPool()
  const [gt, pred] = [join(folder, 'gt'), join(folder, 'pred')]
  await scoreFolder(gt, pred, pool)
  const { list, score, finish } = await scoreFolder(gt, pred, pool, 'summary')
  await pool.close()
  const each = (seconds: number) => (1e6 * seconds) / pairs
  printTable({
    title: `${pairs} tiny pairs of 64×64`,
    reading: 'Microseconds of CPU for a pair, all threads together.',
    columns: ['stage', 'µs'],
    rows: [
      ['list and match', each(list.cpuSeconds)],
      ['read and score', each(score.cpuSeconds)],
      ['both', atMost(each(list.cpuSeconds + score.cpuSeconds), tinyGoal, ' µs')],
      ['finish, with 2,000 resamples', atMost(each(finish.cpuSeconds), intervalGoal, ' µs')],
    ],
  })
}

function million(most: number): void {
  const results = [most / 100, most / 10, most].map((items): MillionResult => {
    const script = join(import.meta.dirname, 'dataset/million.ts')
    const { status, stdout } = spawnSync(process.execPath, [script, String(items)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    if (status !== 0) throw new Error(`${items} items ended with ${status}`)
    return JSON.parse(stdout.toString())
  })
  printTable({
    title: 'Many items, with a stub in place of scoring',
    reading:
      'Rows of nine classes; seconds, MB of resident memory above the warm process, ms of delay of the event loop.',
    columns: [
      'items',
      'rows',
      'finish',
      'finish µs CPU an item',
      'MB before finish',
      'of the whole process',
      'MB at most',
      'delay p99',
    ],
    rows: results.map((result) => [
      String(result.items),
      result.scoreSeconds,
      result.finishSeconds,
      (1e6 * result.finishCpuSeconds) / result.items,
      result.scoredMb,
      result.processMb,
      result.peakMb,
      result.delayMs,
    ]),
  })
  const [small, middle, large] = results
  print(
    [
      `plan to finish: ${atMost(large.scoreSeconds + large.finishSeconds, millionGoals.seconds, ' s')}`,
      `memory: ${atMost(large.peakMb, millionGoals.mb, ' MB')}`,
      `delay: ${atMost(large.delayMs, millionGoals.delayMs, ' ms')}`,
      `memory of the process before finish, ${middle.items} items against ${small.items}: ${atMost(middle.processMb / small.processMb, millionGoals.growth, '×')}`,
      '',
    ].join('\n\n'),
  )
}
