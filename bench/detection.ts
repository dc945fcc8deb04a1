import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CocoSpec, writeCocoFiles } from './detection/coco-files.ts'
import { flags } from './flags.ts'
import { median } from './measure.ts'
import { hasModules, python } from './service/commands.ts'
import { type Cell, printTable } from './table.ts'
import { atLeast } from './verdict.ts'

/** How many times as long the loop in numpy is meant to take at least. */
const goal = 5
const whole: CocoSpec = { images: 5000, groundTruths: 36_000, detections: 100_000, categories: 80 }
const part: CocoSpec = { images: 500, groundTruths: 3600, detections: 10_000, categories: 80 }

/** What a contender prints. */
export interface Evaluated {
  /** COCO's table; −1 or null where there is no value. */
  readonly scores: Readonly<Record<string, number | null>>
  /** CPU of its stages. */
  readonly seconds: Readonly<Record<string, number>>
  readonly peak_mb: number
}

/** AP and AR of a dataset as large as COCO's val2017: from two files to the answer, beside COCO's own way. */
export async function run(): Promise<void> {
  const spec = flags.quick ? part : whole
  const folder = mkdtempSync(join(tmpdir(), 'maskscore-bench-detection-'))
  try {
    const { groundTruth, results } = writeCocoFiles(folder, spec)
    const contenders: Record<string, () => Evaluated | undefined> = {
      maskscore: () => evaluated(process.execPath, 'detection/evaluate-files.ts', groundTruth, results),
      loop: () => evaluated(process.execPath, 'detection/score-loop.ts', groundTruth, results),
      numpy: () => inPython('coco_numpy.py', 'numpy', groundTruth, results),
      pycocotools: () => inPython('coco_original.py', 'pycocotools', groundTruth, results),
    }
    const rounds: Record<string, Evaluated | undefined>[] = []
    for (let round = 0; round < flags.rounds; round++)
      rounds.push(
        Object.fromEntries(Object.entries(contenders).map(([name, evaluate]) => [name, evaluate()])),
      )
    print(spec, rounds)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function print(spec: CocoSpec, rounds: readonly Record<string, Evaluated | undefined>[]): void {
  const [{ maskscore, ...first }] = rounds
  const secondsOf = (name: string, part: (stage: string) => boolean): number | undefined => {
    const all = rounds.flatMap((round) => {
      const stages = Object.entries(round[name]?.seconds ?? {}).filter(([stage]) => part(stage))
      return stages.length > 0 ? [stages.reduce((sum, [, seconds]) => sum + seconds, 0)] : []
    })
    return all.length === 0 ? undefined : median(all)
  }
  const loopOf = (name: string) => secondsOf(name, (stage) => stage !== 'read')
  const wholeOf = (name: string) => secondsOf(name, () => true)
  const times = (theirs: number | undefined, ours: number | undefined, least?: number): Cell =>
    theirs === undefined || ours === undefined ? undefined : atLeast(theirs / ours, least)
  const [loop, whole] = [loopOf('loop'), wholeOf('maskscore')]
  const row = (title: string, name: string): Cell[] => [
    title,
    loopOf(name),
    times(loopOf(name), loop, name === 'numpy' ? goal : undefined),
    wholeOf(name),
    times(wholeOf(name), whole),
    first[name]?.peak_mb,
    first[name] && maskscore && difference(maskscore, first[name]).toExponential(1),
  ]
  printTable({
    title: `AP and AR of ${spec.images} images, ${spec.groundTruths} ground truths and ${spec.detections} detections of ${spec.categories} categories with masks`,
    reading:
      'CPU seconds of one thread, and how many times as long the others take. "Loop": from masks that are read as run lengths to the scores, which is overlaps, matching and ranking. ' +
      '"Whole": from the two files to the answer, starting and compiling included; there maskscore also paints and scores the labels of every image. ' +
      'The numpy form has the IoU of many run lengths at a time, and else the loops of pycocotools.',
    columns: [
      'contender',
      'loop, s',
      'takes',
      'whole, s',
      'takes',
      'peak MB',
      'largest difference of a score',
    ],
    rows: [
      ['maskscore', loop, '-', whole, '-', maskscore?.peak_mb, '-'],
      row('numpy form of COCOeval', 'numpy'),
      row('pycocotools', 'pycocotools'),
    ],
  })
}

function difference(ours: Evaluated, theirs: Evaluated): number {
  const differences = Object.entries(theirs.scores).map(([name, value]) =>
    Math.abs((ours.scores[name] ?? -1) - (value ?? -1)),
  )
  return Math.max(...differences)
}

/** Undefined where Python or the module are not installed. */
function inPython(script: string, module: string, ...files: readonly string[]): Evaluated | undefined {
  return hasModules(module) ? evaluated(python, `peers/${script}`, ...files) : undefined
}

function evaluated(command: string, script: string, ...files: readonly string[]): Evaluated {
  const { status, stdout } = spawnSync(command, [join(import.meta.dirname, script), ...files], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  })
  if (status !== 0) throw new Error(`${script} ended with ${status}`)
  return JSON.parse(stdout)
}
