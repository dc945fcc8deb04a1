import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runCommand } from '../../src/commands/run-command.ts'
import { dataset } from '../evaluations/running/dataset.ts'
import type { ProcessRequest } from './service-process.ts'

export const options = { labels: 'classes', on_missing: 'empty', on_broken: 'skip', replicates: 200 }

/** A dataset on the disk, what the command line answers to it, and processes that are killed while they score it. */
export class KilledService {
  readonly folder: string
  readonly #folders: string[]
  readonly #processes: ChildProcess[] = []
  expected = ''

  constructor(items: number) {
    this.folder = dataset(items).folder
    this.#folders = [this.folder]
  }

  async prepare(): Promise<void> {
    const out = this.newFolder()
    const args = [
      this.gt,
      this.pred,
      '--options',
      JSON.stringify(options),
      '--out',
      out,
      '--progress',
      'none',
    ]
    const terminal = { out: () => undefined, err: () => undefined }
    await runCommand(['evaluate', ...args], {}, terminal)
    this.expected = readFileSync(join(out, 'summary.json'), 'utf8')
  }

  get gt(): string {
    return join(this.folder, 'gt')
  }

  get pred(): string {
    return join(this.folder, 'pred')
  }

  newFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'maskscore-killed-'))
    this.#folders.push(folder)
    return folder
  }

  start(request: ProcessRequest): ChildProcess {
    const path = join(import.meta.dirname, 'service-process.ts')
    const child = spawn(process.execPath, [path, JSON.stringify(request)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#processes.push(child)
    return child
  }

  /** Waits until so many rows are written, and kills. */
  async killAt(child: ChildProcess, dataDir: string, rows: number): Promise<void> {
    while (child.exitCode === null && child.signalCode === null && rowsIn(dataDir) < rows) await sleep(5)
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }

  async ended(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    return child.exitCode ?? child.signalCode
  }

  remove(): void {
    for (const child of this.#processes) child.kill('SIGKILL')
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true })
  }
}

/** The only run of a data folder. */
export function runFolder(dataDir: string): string {
  const runs = join(dataDir, 'runs')
  return join(runs, readdirSync(runs)[0])
}

export const summaryIn = (dataDir: string): string =>
  readFileSync(join(runFolder(dataDir), 'summary.json'), 'utf8')

/** Rows so far, of the only run. */
function rowsIn(dataDir: string): number {
  const runs = join(dataDir, 'runs')
  const [run] = existsSync(runs) ? readdirSync(runs) : []
  const shards = join(runs, run ?? '', 'shards')
  if (run === undefined || !existsSync(shards)) return 0
  let rows = 0
  for (const name of readdirSync(shards)) {
    try {
      rows += readFileSync(join(shards, name), 'latin1').split('\n').length - 1
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  return rows
}
