import { flags } from './flags.ts'
import type { PairName } from './images.ts'
import { median } from './measure.ts'
import { type PairResult, runPair } from './process/run-pair.ts'
import { syntheticPair } from './service/body.ts'
import { printTable } from './table.ts'
import { atMost } from './verdict.ts'

const byPixels = ['px1024', 'px2048', 'px4096', 'px8192'] as const
const bySegments = ['seg10', 'seg100', 'seg1000', 'seg10000', 'seg60000', 'seg100000'] as const

/** 64 times the pixels may take so many times 64 times as long. */
const linearGoal = 1.4

/** How time and memory grow with pixels and with segments: bytes in, report out, one thread, no HTTP. */
export async function run(): Promise<void> {
  const pixels = await interleaved(byPixels)
  printTable({
    title: 'Growth with pixels, the same density of segments',
    reading: `CPU of a warm scoring; the last column is the time of a pixel against that of the smallest image, meant to stay within ${linearGoal}×.`,
    columns: [
      'pair',
      'Mpx',
      'CPU ms',
      'ns a pixel',
      'added MB, first',
      'added MB, after six',
      'against 1 Mpx',
    ],
    rows: pixels.map(({ name, megapixels, result }) => {
      const growth = perPixel(result, megapixels) / perPixel(pixels[0].result, pixels[0].megapixels)
      return [...common(name, megapixels, result), atMost(growth, linearGoal, '×')]
    }),
  })
  const segments = await interleaved(bySegments)
  printTable({
    title: 'Growth with segments, 4096×4096',
    reading: 'The same; more than 65,535 labels are sent as RGB, which takes the slower decoder.',
    columns: ['pair', 'Mpx', 'CPU ms', 'ns a pixel', 'added MB, first', 'added MB, after six'],
    rows: segments.map(({ name, megapixels, result }) => common(name, megapixels, result)),
  })
}

interface Row {
  readonly name: PairName
  readonly megapixels: number
  readonly result: PairResult
}

async function interleaved(names: readonly PairName[]): Promise<Row[]> {
  const results = new Map<PairName, PairResult[]>()
  for (let round = 0; round < flags.rounds; round++)
    for (const name of names)
      results.set(name, [...(results.get(name) ?? []), await runPair(pairOf(name), 'auto')])
  return names.map((name) => {
    const { width, height } = pairOf(name)
    const of = (field: keyof PairResult): number => median(results.get(name)!.map((result) => result[field]))
    return {
      name,
      megapixels: (width * height) / 2 ** 20,
      result: {
        firstMs: of('firstMs'),
        firstCpuMs: of('firstCpuMs'),
        warmCpuMs: of('warmCpuMs'),
        addedMb: of('addedMb'),
        peakMb: of('peakMb'),
        addedAfterAllMb: of('addedAfterAllMb'),
      },
    }
  })
}

function pairOf(name: PairName) {
  const rgb = { color: 'rgb24' }
  return syntheticPair(name, name === 'seg100000' ? { ground_truth: rgb, prediction: rgb } : undefined)
}

const perPixel = (result: PairResult, megapixels: number): number =>
  (result.warmCpuMs * 1e6) / (megapixels * 2 ** 20)

function common(name: PairName, megapixels: number, result: PairResult) {
  return [
    name,
    megapixels,
    result.warmCpuMs,
    perPixel(result, megapixels),
    result.addedMb,
    result.addedAfterAllMb,
  ]
}
