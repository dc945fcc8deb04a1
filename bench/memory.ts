import { flags } from './flags.ts'
import { runPair } from './process/run-pair.ts'
import { syntheticPair } from './service/body.ts'
import { maskscore, peer } from './service/commands.ts'
import { underLoad } from './service/load.ts'
import { type ServerCommand, startServer } from './service/server-process.ts'
import { printTable } from './table.ts'
import { atMost } from './verdict.ts'

/** Megabytes that one pair of 4096×4096 and 16 bits may add to the process. */
const addedGoal = 40
/** Share of the strongest peer's peak that the service may take at eight such pairs at a time. */
const shareGoal = 1 / 4

/** What large pairs take of memory: one alone, and eight at a time in the whole service. */
export async function run(): Promise<void> {
  const pair = syntheticPair('d')
  const added = { auto: await runPair(pair, 'auto'), sharp: await runPair(pair, 'sharp') }
  printTable({
    title: 'What one pair of 4096×4096, 16 bits, adds to a fresh process',
    reading: `Peak of resident memory above what was there before, MB; with the label-PNG path meant to stay below ${addedGoal}.`,
    columns: ['decoder', 'first pair', 'after six'],
    rows: [
      ['label-PNG path', atMost(added.auto.addedMb, addedGoal), added.auto.addedAfterAllMb],
      ['sharp', added.sharp.addedMb, added.sharp.addedAfterAllMb],
    ],
  })

  const path = '/v1/score'
  const peaks = {
    ours: await peakAtEight(maskscore(), path),
    sharp: await peakAtEight(maskscore({ MASKSCORE_PNG_DECODER: 'sharp' }), path),
    cv2: await peakAtEight(peer('cv2_runs'), '/score'),
    pillow: await peakAtEight(peer('pillow_bincount'), '/score'),
  }
  const share = (peak: number | undefined) =>
    peak === undefined || peaks.ours === undefined ? undefined : `${((100 * peaks.ours) / peak).toFixed(0)} %`
  printTable({
    title: 'Peak of resident memory at eight pairs of 4096×4096 at a time',
    reading: `MB of all processes of the server; maskscore is meant to stay below ${100 * shareGoal} % of cv2 + runs.`,
    columns: ['server', 'peak MB', "maskscore's share of it"],
    rows: [
      ['maskscore', peaks.ours, '-'],
      ['its sharp path', peaks.sharp, share(peaks.sharp)],
      ['cv2 + runs', peaks.cv2, share(peaks.cv2)],
      ['Pillow + bincount', peaks.pillow, share(peaks.pillow)],
    ],
  })
}

async function peakAtEight(command: ServerCommand | undefined, path: string): Promise<number | undefined> {
  if (command === undefined) return undefined
  const server = await startServer(command)
  try {
    const load = { connections: 8, seconds: 3 * flags.seconds }
    return (await underLoad(server, path, syntheticPair('d'), load)).peakMb
  } finally {
    await server.stop()
  }
}
