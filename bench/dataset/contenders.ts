import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Pool } from '../../src/workers/pool.ts'
import type { PairName } from '../images.ts'
import { syntheticPair } from '../service/body.ts'
import { hasModules, maskscore, python } from '../service/commands.ts'
import { underLoad } from '../service/load.ts'
import { startServer } from '../service/server-process.ts'
import { scoreFolder, threads } from './score-folder.ts'

/** Pairs a second from a folder, or an archive for each side. */
export async function fromFolder(groundTruth: string, prediction: string, pool: Pool): Promise<number> {
  const { items, score } = await scoreFolder(groundTruth, prediction, pool)
  return items / score.seconds
}

/** Pairs a second of the same files, read before, each a scoring of its own through the pool. */
export async function fromMemory(folder: string, pool: Pool): Promise<number> {
  const names = readdirSync(join(folder, 'gt'))
  const read = (side: string) => names.map((name) => new Uint8Array(readFileSync(join(folder, side, name))))
  const [truths, predictions] = [read('gt'), read('pred')]
  const options = new TextEncoder().encode('{"ignore_labels":[255]}')
  let next = 0
  const start = performance.now()
  const lane = async () => {
    for (let pair = next++; pair < names.length; pair = next++) {
      const parts = [
        { name: 'ground_truth', bytes: truths[pair] },
        { name: 'prediction', bytes: predictions[pair] },
        { name: 'options', bytes: new Uint8Array(options) },
      ]
      const { outcome } = await pool.run({ call: 'score', body: { type: 'parts', parts } })
      if (!outcome.ok) throw new Error(outcome.detail)
    }
  }
  await Promise.all(Array.from({ length: 2 * threads }, lane))
  return (1000 * names.length) / (performance.now() - start)
}

/** Requests a second of the service, with a pair of the same kind. */
export async function overHttp(pair: PairName, seconds: number): Promise<number> {
  const server = await startServer(maskscore())
  try {
    const load = { connections: 2 * threads, seconds }
    const sent = syntheticPair(pair, { ignore_labels: [255] })
    return (await underLoad(server, '/v1/score', sent, load)).perSecond
  } finally {
    await server.stop()
  }
}

export type PythonWay = 'bincount' | 'runs' | 'mmseg' | 'cityscapes'

/** Pairs a second of a Python pool with two processes, of so many pairs of the folder; undefined where its packages are missing. */
export function inPython(way: PythonWay, folder: string, pairs: number): number | undefined {
  if (!hasModules('cv2, numpy')) return undefined
  const script = join(import.meta.dirname, '../peers/dataset.py')
  const { status, stdout } = spawnSync(python, [script, way, '2', folder, String(pairs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`dataset.py ${way} ended with ${status}`)
  return pairs / Number(stdout)
}
