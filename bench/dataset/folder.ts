import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { paintSide } from '../images/paint-pair.ts'
import type { PairSpec } from '../images/pair-spec.ts'
import { writePng } from '../images/png-writer.ts'

/** So many pairs are painted; the others are copies of them, because painting takes longer than scoring. */
const painted = 16

/** A folder `gt` and a folder `pred` of so many pairs, painted from seeds and kept for the next run. */
export function datasetFolder(name: string, spec: PairSpec, pairs: number): string {
  const folder = join(tmpdir(), 'maskscore-bench', `dataset-${name}-${pairs}`)
  if (existsSync(folder)) return folder
  const unfinished = `${folder}.${process.pid}`
  rmSync(unfinished, { recursive: true, force: true })
  for (const [side, sideFolder] of [
    ['groundTruth', 'gt'],
    ['prediction', 'pred'],
  ] as const) {
    mkdirSync(join(unfinished, sideFolder), { recursive: true })
    const files = Array.from({ length: Math.min(painted, pairs) }, (_, k) =>
      writePng(paintSide({ ...spec, seed: 1000 + spec.seed * painted + k }, side), spec.style),
    )
    for (let pair = 0; pair < pairs; pair++)
      writeFileSync(
        join(unfinished, sideFolder, `${String(pair).padStart(6, '0')}.png`),
        files[pair % files.length],
      )
  }
  renameSync(unfinished, folder)
  return folder
}
