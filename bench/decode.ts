import { inflateSync } from 'node:zlib'
import { countLabelPngs } from '../src/counting/count-label-pngs.ts'
import { countMaps } from '../src/counting/count-maps.ts'
import { decodeMask } from '../src/decoding/decode-mask.ts'
import { pngRaster } from '../src/decoding/png/png-raster.ts'
import { scanPng } from '../src/decoding/png/scan.ts'
import { defaultLimits } from '../src/limits.ts'
import type { ContingencyTable } from '../src/metrics/table/contingency-table.ts'
import { flags } from './flags.ts'
import { decodeGoals } from './goals.ts'
import { interleavedMedians, type Timing } from './measure.ts'
import { realSentPairs, type SentPair, syntheticPair } from './service/body.ts'
import { printTable } from './table.ts'
import { atLeast, atMost } from './verdict.ts'

const maxPairs = defaultLimits.maxLabelPairs

type Contestant = 'ours' | 'checked' | 'chain' | 'decoding' | 'inflating'

/** Two PNGs become a table, in process: the label-PNG path against sharp, and against inflating alone. */
export async function run(): Promise<void> {
  const rows = []
  for (const pair of await pairs()) {
    const taken = await measure(pair)
    const nanoseconds = (timing: Timing) => (timing.cpuMs * 1e6) / (pair.width * pair.height)
    const goal = decodeGoals[pair.name]
    const times = (name: Contestant, least?: number) => atLeast(taken[name].cpuMs / taken.ours.cpuMs, least)
    rows.push([
      `${pair.name} ${pair.width}×${pair.height}`,
      atMost(nanoseconds(taken.ours), goal?.nanoseconds),
      nanoseconds(taken.chain),
      times('chain', goal?.chain),
      times('checked'),
      times('decoding'),
      times('inflating'),
    ])
  }
  printTable({
    title: 'Two PNGs decoded and counted, in process, one thread',
    reading:
      'CPU nanoseconds for a pixel of the pair (both images), then how many times as long each of the others takes; above 1× the label-PNG path is ahead. ' +
      'It verifies every chunk and the stream; "sharp + count" does not inflate a second time to verify, the service with sharp does; "inflate" is node:zlib alone, into one buffer.',
    columns: [
      'pair',
      'label-PNG path, ns',
      'sharp + count, ns',
      'sharp + count',
      'the same, verified',
      'sharp, decoding only',
      'inflate only',
    ],
    rows,
  })
}

async function pairs(): Promise<SentPair[]> {
  const synthetic = (['a', 'b', 'bcv', 'bpal', 'c', 'ccv', 'd', 'e'] as const).filter(flags.wants)
  const real = (await realSentPairs()).filter(({ name }) => flags.wants(name))
  return [...synthetic.map((name) => syntheticPair(name)), ...real]
}

async function measure({ name, width, height, files }: SentPair): Promise<Record<Contestant, Timing>> {
  const sides = [files.ground_truth, files.prediction]
  const scan = (bytes: Uint8Array) => ({ bytes, scanned: scanPng(bytes, defaultLimits) })
  const streams = sides.map((bytes) => {
    const { idat, streamBytes } = scanPng(bytes, defaultLimits)
    const chunks = idat.map(({ start, end }) => bytes.subarray(start, end))
    return { stream: Buffer.concat(chunks), streamBytes }
  })
  const decoded = (bytes: Uint8Array) => pngRaster(bytes, scanPng(bytes, defaultLimits))
  const contestants = {
    ours: () => countLabelPngs(scan(sides[0]), scan(sides[1]), { maxPairs })?.table,
    checked: async () => {
      const [first, second] = [await verified(sides[0]), await verified(sides[1])]
      return countMaps(first.map, second.map, { maxPairs })
    },
    chain: async () => {
      const rasters = [await decoded(sides[0]), await decoded(sides[1])]
      const [first, second] = rasters.map((raster) => {
        if (raster.kind === 'rgb') throw new Error(`${name} is no label PNG`)
        const labels = raster.kind === 'grey' ? raster.values : raster.indices
        return { width, height, depth: 1, labels }
      })
      return countMaps(first, second, { maxPairs })
    },
    decoding: async () => {
      for (const bytes of sides) await decoded(bytes)
    },
    inflating: () => {
      for (const { stream, streamBytes } of streams) inflateSync(stream, { chunkSize: streamBytes })
    },
  }
  sameTables(name, [await contestants.ours(), await contestants.checked(), await contestants.chain()])
  return interleavedMedians(contestants, { rounds: 2 * flags.rounds + 1, warmUps: 4 })
}

/** As the service reads a PNG when the label-PNG path is switched off. */
const verified = (bytes: Uint8Array) => decodeMask(bytes, {}, defaultLimits)

function sameTables(name: string, tables: readonly (ContingencyTable | undefined)[]): void {
  const [first, ...others] = tables.map((table) => JSON.stringify(table && Object.values(table).map(String)))
  if (first === undefined || others.some((other) => other !== first))
    throw new Error(`${name}: the tables differ`)
}
