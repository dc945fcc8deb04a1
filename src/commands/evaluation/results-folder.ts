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
import type { Comparison } from '../../evaluations/comparison/comparison.ts'
import { type ReportFormat, reportFileNames, reportFiles } from '../../evaluations/reports/report-formats.ts'

import type { ItemRow } from '../../evaluations/rows/item-row.ts'
import type { Summary } from '../../evaluations/summary/summary.ts'
import { parseJson } from '../../json/parse-json.ts'
import { Refusal } from '../../problems/refusal.ts'

const resultNames = ['summary.json', 'items.ndjson', 'matching.json', 'comparison.json', ...reportFileNames]

/** @throws Refusal FOREIGN_FILES where the folder holds anything but results, which would be lost */
export function refuseForeignFiles(folder: string): void {
  if (!existsSync(folder)) return
  const foreign = readdirSync(folder).filter((name) => !resultNames.includes(name))
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

/** The files of a finished run, by name; a text comes in pieces. */
export function resultFiles(
  summary: Summary,
  rows: () => Iterable<ItemRow>,
  comparison: Comparison | undefined,
  formats: readonly ReportFormat[],
): Record<string, Iterable<string>> {
  const json = (value: unknown) => [`${JSON.stringify(value, null, 2)}\n`]
  return {
    'summary.json': json(summary),
    'items.ndjson': lines(rows()),
    'matching.json': json(summary.matching),
    ...(comparison && { 'comparison.json': json(comparison) }),
    ...reportFiles(formats, { summary, rows, ...(comparison && { comparison }) }),
  }
}

function* lines(rows: Iterable<ItemRow>): Generator<string> {
  for (const row of rows) yield `${JSON.stringify(row)}\n`
}

/** A finished run as it was written. */
export function readResults(folder: string): ComparedRun {
  const path = join(folder, 'summary.json')
  const rows: ItemRow[] = readFileSync(join(folder, 'items.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
  return {
    name: basename(resolve(folder)),
    summary: parseSummary(readFileSync(path, 'utf8'), path),
    rows: () => rows,
  }
}

/** @throws Refusal NOT_COMPARABLE where a text is no summary of this version */
export function parseSummary(text: string, path: string): Summary {
  const summary = parseJson(text, maxDepth, '/summary') as Summary | null
  if (summary?.version === 1 && summary.fingerprint !== undefined) return summary
  throw new Refusal('NOT_COMPARABLE', `${path} is no summary.json of version 1.`)
}

const maxDepth = 64
