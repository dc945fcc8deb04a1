import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { volumePair } from './images/volume-pair.ts'
import { runPair } from './process/run-pair.ts'
import { writeSentPair } from './process/sent-pair-file.ts'
import { hasModules, python } from './service/commands.ts'
import { printTable, ratio } from './table.ts'
import { atMost } from './verdict.ts'

/** Share of the peer's CPU time that ours may take, and megabytes of resident memory. */
const timeGoal = 0.7
const memoryGoal = 250

interface Peer {
  readonly cpu_ms: number
  readonly peak_mb: number
  /** Pairs of labels that occur. */
  readonly pairs: number
}

/** Two gzipped NIfTIs that are counted slice by slice, beside nibabel and numpy's unique pairs. */
export async function run(): Promise<void> {
  const options = { families: ['information', 'pairs', 'overlap', 'regions'] }
  const pair = { name: 'volume', width: 512, height: 512, files: await volumePair(), options }
  const ours = await runPair(pair, 'auto', 3)
  const peer = nibabel(writeSentPair(pair))
  printTable({
    title:
      'A pair of 512×512×600 voxels of int16, gzipped NIfTIs, with the families that are computed from counts',
    reading: `A fresh process each. CPU milliseconds, and the peak of resident memory in MB, meant to stay below ${memoryGoal}; at most ${timeGoal} of the peer’s time.`,
    columns: ['what', 'CPU ms', 'share of the peer', 'peak MB'],
    rows: [
      [
        'maskscore, piece by piece',
        ours.firstCpuMs,
        peer && atMost(ours.firstCpuMs / peer.cpu_ms, timeGoal),
        atMost(ours.peakMb, memoryGoal),
      ],
      [
        'nibabel, numpy.unique of the pairs',
        peer?.cpu_ms,
        ratio(peer?.cpu_ms, ours.firstCpuMs),
        peer?.peak_mb,
      ],
    ],
  })
}

/** Undefined where Python, numpy or nibabel are not installed. */
function nibabel(files: string): Peer | undefined {
  if (!hasModules('numpy, nibabel')) return undefined
  const script = join(import.meta.dirname, 'peers/volume.py')
  const sides = [`${files}.ground_truth`, `${files}.prediction`]
  const { status, stdout, stderr } = spawnSync(python, [script, ...sides], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Peer
}
