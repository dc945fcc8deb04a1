import { closeSync, copyFileSync, existsSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Refusal } from '../../problems/refusal.ts'
import type { Items } from '../sources/item.ts'
import { KeptRows } from './kept-rows.ts'
import { readPart, type TakenBack } from './read-part.ts'
import { type FolderLock, lockFolder, lockName } from './run-lock.ts'
import { changedItems, isSameAnswer, type RunSettings, readRecord, recordText } from './run-record.ts'
import { makeFolder } from './writable-folder.ts'
import { writePieces } from './write-pieces.ts'

/** Rows of a run that is not finished: a folder without this file holds a finished run, or none. */
export const partName = 'items.part.ndjson'
const recordName = 'run.json'
/** What every finished run leaves. */
const summaryName = 'summary.json'
const rowsName = 'items.ndjson'
const fresh = '.new'

interface Opening {
  /** The names of all files that a finished run may leave. */
  readonly resultNames: readonly string[]
  readonly items: Items
  readonly settings: RunSettings
  readonly resume: boolean
}

/**
 * The folder of a run's results. While the run goes on its rows lie there beside `run.json`, and earlier results stay as they
 * are; the files of the finished run are renamed into place.
 */
export class RunFolder {
  readonly #folder: string
  readonly #resultNames: readonly string[]
  readonly #lock: FolderLock
  readonly #part: { readonly file: number; readonly kept: KeptRows } | undefined

  /**
   * Locks the folder, and makes it where there is none.
   * @throws Refusal FOREIGN_FILES, RESULTS_IN_USE, RESULTS_UNWRITABLE; NOT_RESUMABLE and RESULTS_DAMAGED where the run is to be resumed
   */
  constructor(folder: string, opening: Opening) {
    this.#folder = resolve(folder)
    this.#resultNames = opening.resultNames
    makeFolder(this.#folder)
    refuseForeignFiles(folder, opening.resultNames)
    this.#lock = lockFolder(this.#folder)
    try {
      this.#part = this.#open(opening)
    } catch (error) {
      this.#lock.release()
      throw error
    }
  }

  /** The rows so far; undefined where the run was resumed and is finished. */
  get kept(): KeptRows | undefined {
    return this.#part?.kept
  }

  /** Puts the files of the finished run into place, and removes those of an earlier one. */
  finish(files: Readonly<Record<string, Iterable<string>>>): void {
    const names = Object.keys(files)
    for (const name of names) writePieces(this.#path(name + fresh), files[name])
    for (const name of names) renameSync(this.#path(name + fresh), this.#path(name))
    for (const name of this.#resultNames) {
      rmSync(this.#path(name + fresh), { force: true })
      if (!names.includes(name)) rmSync(this.#path(name), { force: true })
    }
    // A run that ends before this line is resumed, and writes the same files again.
    rmSync(this.#path(partName))
  }

  close(): void {
    if (this.#part) closeSync(this.#part.file)
    this.#lock.release()
  }

  #open(opening: Opening) {
    const { items, settings, resume } = opening
    const [hasPart, hasRecord] = [partName, recordName].map((name) => existsSync(this.#path(name)))
    if (!resume || !hasRecord) return this.#start(opening)
    const record = readRecord(this.#path(recordName))
    const changed = changedItems(record, items, settings)
    const isSame = changed.length === 0 && isSameAnswer(record, settings)
    if (!hasPart) {
      const isFinished = [summaryName, rowsName].every((name) => existsSync(this.#path(name)))
      if (!isFinished) return this.#start(opening)
      if (isSame) return undefined
      this.#reopen()
    }
    const file = openSync(this.#path(partName), 'r+')
    const kept = readPart(file, this.#path(partName), items)
    if (isSame) return { file, kept }
    // Before the record: a run that ends between the two must not take the old rows for those of the new files.
    for (const { index } of changed) {
      const line: TakenBack = { index, taken_back: true }
      kept.append([], Buffer.from(`${JSON.stringify(line)}\n`))
      kept.place(index, -1, 0)
    }
    this.#writeRecord(items, settings)
    return { file, kept }
  }

  /** The rows of a finished run are those of one that goes on: they are asked for another answer. */
  #reopen(): void {
    copyFileSync(this.#path(rowsName), this.#path(partName + fresh))
    renameSync(this.#path(partName + fresh), this.#path(partName))
  }

  /** The file of rows comes first: with it, the results of an earlier run count as unfinished, whatever its record says. */
  #start({ items, settings }: Opening) {
    const file = openSync(this.#path(partName), 'w+')
    this.#writeRecord(items, settings)
    return { file, kept: new KeptRows(file, items.length) }
  }

  #writeRecord(items: Items, settings: RunSettings): void {
    writePieces(this.#path(recordName + fresh), recordText(items, settings))
    renameSync(this.#path(recordName + fresh), this.#path(recordName))
  }

  #path(name: string): string {
    return join(this.#folder, name)
  }
}

const maxNamed = 5

/** @throws Refusal FOREIGN_FILES where the folder holds anything but results, which would be lost */
export function refuseForeignFiles(folder: string, resultNames: readonly string[]): void {
  if (!existsSync(folder)) return
  const own = new Set([...resultNames, recordName, partName].flatMap((name) => [name, name + fresh]))
  const foreign = readdirSync(folder).filter((name) => !own.has(name) && !name.startsWith(lockName))
  if (foreign.length === 0) return
  const named = `${foreign.slice(0, maxNamed).join(', ')}${foreign.length > maxNamed ? ', …' : ''}`
  throw new Refusal('FOREIGN_FILES', `${folder} holds files that are no results: ${named}.`)
}
