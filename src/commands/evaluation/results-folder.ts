import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { ComparedRun } from '../../evaluations/comparison/compared-run.ts'
import { reportFileNames } from '../../evaluations/reports/report-formats.ts'
import type { ItemRow } from '../../evaluations/rows/item-row.ts'
import type { Summary } from '../../evaluations/summary/summary.ts'
import { Refusal } from '../../problems/refusal.ts'

const resultFiles = ['summary.json', 'items.ndjson', 'matching.json', 'comparison.json', ...reportFileNames]

/** @throws Refusal FOREIGN_FILES where the folder holds anything but results, which would be lost */
export function refuseForeignFiles(folder: string): void {
  if (!existsSync(folder)) return
  const foreign = readdirSync(folder).filter((name) => !resultFiles.includes(name))
  if (foreign.length === 0) return
  const named = `${foreign.slice(0, 5).join(', ')}${foreign.length > 5 ? ', …' : ''}`
  throw new Refusal('FOREIGN_FILES', `${folder} holds files that are no results: ${named}.`)
}

/** Writes all results beside the folder, then puts them in its place: there is never half a result. */
export function writeResults(folder: string, files: Readonly<Record<string, Iterable<string>>>): void {
  const target = resolve(folder)
  const fresh = `${target}.writing-${process.pid}`
  const old = `${target}.old-${process.pid}`
  mkdirSync(fresh, { recursive: true })
  for (const [name, pieces] of Object.entries(files)) writePieces(join(fresh, name), pieces)
  refuseForeignFiles(target)
  if (existsSync(target)) renameSync(target, old)
  renameSync(fresh, target)
  rmSync(old, { recursive: true, force: true })
}

/** Long texts come in many small pieces, which are written together. */
const maxUnwritten = 1 << 20

function writePieces(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'wx')
  try {
    let unwritten = ''
    for (const piece of pieces) {
      unwritten += piece
      if (unwritten.length < maxUnwritten) continue
      writeAll(file, unwritten)
      unwritten = ''
    }
    writeAll(file, unwritten)
  } finally {
    closeSync(file)
  }
}

/** A write may take less than it is given. */
function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
}

/** A finished run as it was written. */
export function readResults(folder: string): ComparedRun {
  const text = (name: string) => readFileSync(join(folder, name), 'utf8')
  const summary: Summary = JSON.parse(text('summary.json'))
  if (summary.version !== 1)
    throw new Refusal('NOT_COMPARABLE', `${join(folder, 'summary.json')} is not of version 1.`)
  const rows: ItemRow[] = text('items.ndjson')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
  return { name: basename(resolve(folder)), summary, rows: () => rows }
}
