import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Bomb } from './build-bombs.ts'
import type { BombFile } from './measure.ts'

export interface Blast {
  readonly outcome: string
  readonly cpuMs: number
  /** The process's peak of resident memory, above what it was before the first bomb. */
  readonly grownBytes: number
}

const run = promisify(execFile)

/** What bombs do, one after another, to a process of their own. */
export async function runBombs(bombs: readonly Bomb[]): Promise<Blast[]> {
  const folder = await mkdtemp(join(tmpdir(), 'maskscore-bombs-'))
  try {
    const files: BombFile[] = []
    for (const [i, { bytes, isBody = false, options }] of bombs.entries()) {
      const path = join(folder, `${i}`)
      await writeFile(path, bytes)
      if (options !== undefined) await writeFile(`${path}.options`, options)
      files.push({ path, isBody, hasOptions: options !== undefined })
    }
    const script = join(import.meta.dirname, 'measure.ts')
    const { stdout } = await run(process.execPath, [script, JSON.stringify(files)])
    return JSON.parse(stdout)
  } finally {
    await rm(folder, { recursive: true })
  }
}
