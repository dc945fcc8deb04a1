import { closeSync, openSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { KeptRows } from '../../evaluations/running/kept-rows.ts'
import type { KeptRow } from '../../evaluations/running/row-line.ts'
import type { Item } from '../../evaluations/sources/item.ts'
import { absent, writeDurably } from '../blob-folder.ts'
import type { ShardProgress } from '../runs/shard-table.ts'

const lineEnd = 0x0a
const linesAtOnce = 100
const roomBytes = 2 ** 20
/** Shards are written through these, again and again: new ones for each would make V8 collect the garbage of the whole heap often. */
const rooms: Buffer[] = []

/**
 * The rows of a shard while it is scored: a file of this attempt, which begins with the rows that earlier attempts left. An
 * earlier attempt may still write, as of a process that was only frozen: its file is read, never written.
 */
export class ShardRows {
  readonly progress = { progress: 0, failed: 0, loss: 0, losses: 0 }
  readonly #items: readonly Item[]
  readonly #folder: string
  readonly #name: string
  readonly #attempt: string
  readonly #file: number
  readonly #kept: KeptRows

  /**
   * @param folder of the shards of the run
   * @param name of the shard
   * @param attempt that nobody else has
   */
  constructor(folder: string, name: string, attempt: string, items: readonly Item[]) {
    this.#folder = folder
    this.#name = name
    this.#attempt = attempt
    this.#items = items
    this.#file = openSync(join(folder, this.#part), 'wx+', 0o600)
    this.#kept = new KeptRows(this.#file, items.length, 0, items[0].index)
  }

  get #part(): string {
    return `${this.#name}.${this.#attempt}.part`
  }

  /** Takes the whole rows of earlier attempts, whose files are then removed; a line that is torn is none. */
  async adopt(): Promise<void> {
    const names = (await this.#parts()).filter((name) => name !== this.#part)
    try {
      for (const name of names) {
        const bytes = await readFile(join(this.#folder, name)).catch(absent)
        if (bytes) await this.#adoptLines(bytes)
      }
    } catch (error) {
      // A copy that ends half-way would take room from the next attempt.
      await this.#remove([this.#part])
      throw error
    }
    await this.#remove(names)
  }

  get missing(): readonly Item[] {
    return this.#items.filter(({ index }) => !this.#kept.has(index))
  }

  append(items: readonly Item[], lines: Uint8Array, facts: Omit<ShardProgress, 'progress'>): void {
    this.#kept.append(items, lines)
    this.progress.progress += items.length
    this.progress.failed += facts.failed
    this.progress.loss += facts.loss
    this.progress.losses += facts.losses
  }

  /**
   * Writes the rows in manifest order.
   * @return name of the file
   */
  async finish(): Promise<string> {
    const name = `${this.#name}.${this.#attempt}.ndjson`
    const room = rooms.pop() ?? Buffer.allocUnsafe(roomBytes)
    try {
      await writeDurably(join(this.#folder, name), this.#kept.pieces(room))
    } finally {
      rooms.push(room)
    }
    return name
  }

  close(): void {
    closeSync(this.#file)
  }

  /** Removes what attempts left of a shard that is done; who still writes does so to no file. */
  async sweep(): Promise<void> {
    await this.#remove(await this.#parts())
  }

  async #remove(names: readonly string[]): Promise<void> {
    for (const name of names) await rm(join(this.#folder, name), { force: true })
  }

  async #parts(): Promise<string[]> {
    const names = await readdir(this.#folder)
    return names.filter((name) => name.startsWith(`${this.#name}.`) && name.endsWith('.part')).sort()
  }

  async #adoptLines(bytes: Buffer): Promise<void> {
    let start = 0
    let lines = 0
    for (let end = bytes.indexOf(lineEnd); end !== -1; end = bytes.indexOf(lineEnd, start)) {
      const line = bytes.subarray(start, end + 1)
      start = end + 1
      const row = rowOf(line)
      const item = row && this.#items[row.index - this.#items[0].index]
      if (row && item?.key === row.key && !this.#kept.has(row.index)) {
        const loss = row.scores.mi_loss
        const isDefined = typeof loss === 'number'
        this.append([item], line, {
          failed: row.status === 'failed' ? 1 : 0,
          loss: isDefined ? loss : 0,
          losses: isDefined ? 1 : 0,
        })
      }
      if (++lines % linesAtOnce === 0) await breathe()
    }
  }
}

/** Undefined for what a power failure may leave in the place of a row. */
function rowOf(line: Buffer): KeptRow | undefined {
  try {
    return JSON.parse(line.toString())
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
