import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Random } from '../evaluations/random.ts'

const size = { width: 96, height: 64 }
const labels = 4

/** A dataset on the disk, and what an undisturbed run over it leaves. */
export class KilledRun {
  readonly folder = mkdtempSync(join(tmpdir(), 'maskscore-killed-'))
  readonly #items: number
  #expected: Readonly<Record<string, string>> = {}
  #runs = 0

  constructor(items: number) {
    this.#items = items
    const random = new Random(items)
    for (const side of ['gt', 'pred']) {
      mkdirSync(join(this.folder, side))
      for (let item = 0; item < items; item++)
        writeFileSync(join(this.folder, side, `${item}.npy`), noise(random))
    }
  }

  /** @return milliseconds that an undisturbed run takes */
  async undisturbed(): Promise<number> {
    const start = performance.now()
    const out = join(this.folder, 'undisturbed')
    await ended(this.#start(out, false))
    this.#expected = filesOf(out)
    return performance.now() - start
  }

  /**
   * Kills a run when `isTime`, asked every millisecond, says so, and resumes it until it is finished.
   * @return how the rows stood when it was killed, and which files differ from those of the undisturbed run
   */
  async kill(isTime: (out: string, ms: number) => boolean): Promise<{ rows: number; different: string[] }> {
    const out = join(this.folder, `run-${this.#runs++}`)
    const run = this.#start(out, false)
    const start = performance.now()
    while (run.exitCode === null && !isTime(out, performance.now() - start)) await sleep(1)
    run.kill('SIGKILL')
    if (run.exitCode === null && run.signalCode === null) await once(run, 'exit')
    const rows = rowsOf(out)
    await ended(this.#start(out, true))
    const files = filesOf(out)
    const names = new Set([...Object.keys(files), ...Object.keys(this.#expected)])
    return { rows, different: [...names].filter((name) => files[name] !== this.#expected[name]) }
  }

  /** Whether every row is written, and the run about to finish. */
  isScored(out: string): boolean {
    return rowsOf(out) === this.#items
  }

  #start(out: string, resume: boolean): ChildProcess {
    const cli = join(import.meta.dirname, '../../src/cli.ts')
    const flags = ['--threads', '2', '--progress', 'none', '--options', '{"labels": "classes"}']
    const sides = ['gt', 'pred'].map((side) => join(this.folder, side))
    return spawn(
      process.execPath,
      [cli, 'evaluate', ...sides, '--out', out, ...flags, ...(resume ? ['--resume'] : [])],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    )
  }
}

async function ended(run: ChildProcess): Promise<void> {
  let told = ''
  run.stderr?.on('data', (text) => {
    told += text
  })
  const [code] = await once(run, 'close')
  if (code !== 0) throw new Error(`the run ended with exit code ${code}: ${told}`)
}

/** Whole lines of the rows so far; 0 where the run has not begun, or is finished. */
export function rowsOf(out: string): number {
  const part = join(out, 'items.part.ndjson')
  return existsSync(part) ? readFileSync(part, 'latin1').split('\n').length - 1 : 0
}

const filesOf = (out: string): Record<string, string> =>
  Object.fromEntries(readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]))

function noise(random: Random): Buffer {
  const { width, height } = size
  const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (${height}, ${width}), }`
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, 118, 0])
  const pixels = Buffer.from(
    Array.from({ length: width * height }, () => Math.floor(labels * random.uniform())),
  )
  return Buffer.concat([start, Buffer.from(`${text.padEnd(117)}\n`), pixels])
}
