import { availableParallelism } from 'node:os'
import { flags } from './flags.ts'
import type { PairName } from './images.ts'
import { type SentPair, syntheticPair } from './service/body.ts'
import { maskscore } from './service/commands.ts'
import { underLoad } from './service/load.ts'
import { residentMbOf } from './service/process-tree.ts'
import { startServer } from './service/server-process.ts'
import { printTable } from './table.ts'

const threads = availableParallelism()

const images: readonly [PairName, string][] = [
  ['px1024', '1024×1024'],
  ['px2048', '2048×2048'],
  ['px4096', '4096×4096'],
  ['px8192', '8192×8192'],
]

/** What needs the places of pixels and not only their counts. Boundary scores are for class lists, not for thousands of ids. */
const placeScores = {
  families: ['information', 'pairs', 'overlap', 'regions', 'instances'],
  components: 'both',
  border_tolerance: 5,
}

/** The ways a pair can take: what they hold in memory differs by more than the images do. */
const ways: readonly { name: string; settings: Record<string, string>; options?: object }[] = [
  { name: 'label PNGs', settings: {} },
  { name: 'other formats', settings: { MASKSCORE_PNG_DECODER: 'sharp' } },
  { name: 'scores of places', settings: {}, options: placeScores },
]

/** What an operator must give the service: memory and throughput by image size, all workers busy. */
export async function run(): Promise<void> {
  const rows = []
  for (const [image, size] of images) {
    if (!flags.wants(image)) continue
    for (const { name, settings, options } of ways) {
      const pair = { ...syntheticPair(image, options), name: `${image} ${name}` }
      const { idleMb, peakMb, perSecond, megapixels } = await measure(pair, settings)
      const addedMb = (peakMb - idleMb) / threads
      rows.push([`${size}, ${name}`, perSecond, idleMb, peakMb, addedMb, addedMb / megapixels])
    }
  }
  printTable({
    title: `Sizing: ${threads} workers, all busy, masks of 16 bits`,
    reading:
      'MB of resident memory when idle and at the peak; what one busy worker adds, and that by megapixel. MALLOC_ARENA_MAX=2.',
    columns: ['pair', 'pairs/s', 'idle', 'peak', 'by worker', 'by worker and Mpx'],
    rows,
  })
}

async function measure(pair: SentPair, settings: Record<string, string>) {
  const {
    command,
    arguments: args,
    environment,
  } = maskscore({
    MASKSCORE_THREADS: String(threads),
    ...settings,
  })
  const server = await startServer({
    command,
    arguments: args,
    // As in the image.
    environment: (port) => ({ ...environment?.(port), MALLOC_ARENA_MAX: '2' }),
  })
  try {
    const idleMb = residentMbOf(server.pid)
    const load = { connections: threads, seconds: flags.seconds }
    const { peakMb, perSecond } = await underLoad(server, '/v1/score', pair, load)
    return { idleMb, peakMb, perSecond, megapixels: (pair.width * pair.height) / 1e6 }
  } finally {
    await server.stop()
  }
}
