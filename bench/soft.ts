import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { softPair } from './images/soft-pair.ts'
import { runPair } from './process/run-pair.ts'
import { writeSentPair } from './process/sent-pair-file.ts'
import { hasModules, python } from './service/commands.ts'
import { printTable, ratio } from './table.ts'
import { atMost } from './verdict.ts'

/** Share of the peer's CPU time that ours may take. */
const goal = 0.6

interface Peer {
  readonly cpu_ms: number
  readonly peak_mb: number
}

/** A probability map of 19 classes on 2 megapixels: reading, labels of it, and the scores of `soft`, beside numpy. */
export async function run(): Promise<void> {
  const options = { families: ['soft'], prediction: { probabilities: {} } }
  const pair = { name: 'soft', width: 2048, height: 1024, files: softPair(), options }
  const ours = await runPair(pair, 'auto', 4)
  const peer = numpy(writeSentPair(pair))
  printTable({
    title: 'A probability map of 19 classes on 2048×1024 pixels as uint8, with the scores of the family soft',
    reading: `A fresh process each. CPU milliseconds of the first scoring and of the following ones, and the peak of resident memory in MB; warm at most ${goal} of the peer’s time.`,
    columns: ['what', 'first CPU ms', 'warm CPU ms', 'share of the peer', 'peak MB'],
    rows: [
      [
        'maskscore',
        ours.firstCpuMs,
        ours.warmCpuMs,
        peer && atMost(ours.warmCpuMs / peer.cpu_ms, goal),
        ours.peakMb,
      ],
      ['numpy', peer?.cpu_ms, peer?.cpu_ms, ratio(peer?.cpu_ms, ours.warmCpuMs), peer?.peak_mb],
    ],
  })
}

/** Undefined where Python or numpy are not installed. */
function numpy(files: string): Peer | undefined {
  if (!hasModules('numpy')) return undefined
  const script = join(import.meta.dirname, 'peers/soft.py')
  const sides = [`${files}.ground_truth`, `${files}.prediction`]
  const { status, stdout, stderr } = spawnSync(python, [script, ...sides], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Peer
}
