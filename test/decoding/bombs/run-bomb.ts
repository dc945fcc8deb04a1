import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Bomb } from './build-bombs.ts'

export interface Blast {
  readonly outcome: string
  readonly cpuMs: number
  /** Growth of the process's peak of resident memory. */
  readonly grownBytes: number
}

const run = promisify(execFile)

/** What a bomb does to a process of its own. */
export async function runBomb({ bytes, isBody = false, options = '' }: Bomb): Promise<Blast> {
  const folder = await mkdtemp(join(tmpdir(), 'maskscore-bomb-'))
  try {
    const path = join(folder, 'bomb')
    await writeFile(path, bytes)
    const optionsPath = options && join(folder, 'options')
    if (optionsPath) await writeFile(optionsPath, options)
    const script = join(import.meta.dirname, 'measure.ts')
    const { stdout } = await run(process.execPath, [script, path, String(isBody), optionsPath])
    return JSON.parse(stdout)
  } finally {
    await rm(folder, { recursive: true })
  }
}
