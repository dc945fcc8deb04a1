import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Boundary, boundary } from '../src/metrics/boundary/boundary.ts'
import { benchPair } from './images.ts'
import { interleavedMedians } from './measure.ts'
import { hasModules, python } from './service/commands.ts'
import { printTable, ratio } from './table.ts'
import { atLeast } from './verdict.ts'

const classes = 19
/** How many times as long scipy is meant to take at least. */
const goal = 10
/** Boundary IoU, which the peer leaves out, is part of ours. */
const options = { spacing: [1, 1], tolerances: [1, 2], labels: Array.from({ length: classes }, (_, k) => k) }

interface Peer {
  readonly cpu_ms: number
  readonly rows: readonly (Readonly<Record<'hausdorff' | 'hausdorff_95' | 'assd' | 'nsd', number>> | null)[]
}

/** Boundary scores of all classes of a pair of 2048×1024, beside a distance transform a class and direction. */
export async function run(): Promise<void> {
  const { groundTruth, prediction } = benchPair('b')
  const { width, height } = groundTruth
  const sides = [groundTruth, prediction].map(({ labels }) => ({ width, height, depth: 1, labels }))
  const score = (surface: 'pixel' | 'surfel'): Boundary =>
    boundary(sides[0], sides[1], { ...options, surface })
  const timings = await interleavedMedians(
    { pixel: () => score('pixel'), surfel: () => score('surfel') },
    { rounds: 5, minMs: 0 },
  )
  const peer = scipy(
    sides.map(({ labels }) => Uint8Array.from(labels)),
    width,
    height,
  )
  const times = peer && atLeast(peer.cpu_ms / timings.pixel.cpuMs, goal)
  printTable({
    title: `All ${classes} classes of a pair of ${width}×${height}: distances both ways, boundary IoU with ours`,
    reading: `CPU milliseconds, one thread.${peer ? ` The largest difference to scipy's scores is ${difference(score('pixel'), peer)}.` : ''}`,
    columns: ['what', 'CPU ms', 'scipy takes'],
    rows: [
      ['one sparse pass, pixels', timings.pixel.cpuMs, times],
      ['one sparse pass, surfels', timings.surfel.cpuMs, ratio(peer?.cpu_ms, timings.surfel.cpuMs)],
      ['scipy distance_transform_edt per class', peer?.cpu_ms, '-'],
    ],
  })
}

/** Undefined where Python or scipy are not installed. */
function scipy(sides: readonly Uint8Array[], width: number, height: number): Peer | undefined {
  if (!hasModules('numpy, scipy')) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'maskscore-bench-edt-'))
  try {
    const files = sides.map((labels, side) => {
      const file = join(folder, `${side}`)
      writeFileSync(file, labels)
      return file
    })
    const script = join(import.meta.dirname, 'peers/edt.py')
    const sizes = [width, height, classes, 3].map(String)
    const { status, stdout, stderr } = spawnSync(python, [script, ...sizes, ...files], { encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
    return JSON.parse(stdout) as Peer
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function difference({ per_label }: Boundary, { rows }: Peer): string {
  const differences = per_label.flatMap((row, k) => {
    const peer = rows[k]
    if (!peer) return typeof row.hausdorff === 'number' ? [Number.POSITIVE_INFINITY] : []
    const pairs = [
      [row.hausdorff, peer.hausdorff],
      [row.hausdorff_95, peer.hausdorff_95],
      [row.assd, peer.assd],
      [row.nsd[0].value, peer.nsd],
    ] as const
    return pairs.map(([ours, theirs]) => Math.abs((ours as number) - theirs))
  })
  return Math.max(...differences).toExponential(1)
}
