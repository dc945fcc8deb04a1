import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { LabelMap } from '../../src/labels/label-map.ts'
import { hasModules, python } from '../service/commands.ts'

export type PythonMethod = 'bincount' | 'contingency' | 'voi'

/** A Python process that holds one pair of label maps and counts it when told to. */
export class PythonCounter {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>
  readonly #answers: AsyncIterator<string>
  readonly #folder: string

  /** Undefined where Python or numpy are not installed. */
  static of(groundTruth: LabelMap, prediction: LabelMap): PythonCounter | undefined {
    return hasModules('numpy, PIL') ? new PythonCounter(groundTruth, prediction) : undefined
  }

  private constructor(groundTruth: LabelMap, prediction: LabelMap) {
    this.#folder = mkdtempSync(join(tmpdir(), 'maskscore-bench-labels-'))
    const files = [groundTruth, prediction].map(({ labels }, side) => {
      const file = join(this.#folder, `${side}`)
      writeFileSync(file, new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength))
      return file
    })
    const { width, height, depth, labels } = groundTruth
    const script = join(import.meta.dirname, '../peers/kernel.py')
    const sizes = [width, height * depth, labels.BYTES_PER_ELEMENT].map(String)
    this.#child = spawn(python, [script, ...sizes, ...files], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
  }

  /** CPU milliseconds of one call; undefined where the method's package is missing. */
  async time(method: PythonMethod, leastMs: number): Promise<number | undefined> {
    this.#child.stdin.write(`${method} ${leastMs}\n`)
    const { value, done } = await this.#answers.next()
    if (done) throw new Error('the Python counter ended')
    return value === 'absent' ? undefined : Number(value)
  }

  stop(): void {
    this.#child.stdin.end()
    rmSync(this.#folder, { recursive: true })
  }
}
