import { closeSync, readFileSync, statSync } from 'node:fs'
import { decodeText } from '../../../json/decode-text.ts'
import type { Limits } from '../../../limits.ts'
import { Refusal, refuseField } from '../../../problems/refusal.ts'
import { notFound } from '../not-found.ts'
import { openReal } from '../open-real.ts'
import { delimitedRows } from './delimited-rows.ts'
import { invalidLine, knownColumns, type ManifestRow } from './manifest-row.ts'
import { ndjsonRows } from './ndjson-rows.ts'

/** Beyond this a text is no longer one string. */
const maxManifestBytes = 400 * 2 ** 20

/**
 * The rows of a CSV, TSV or NDJSON manifest. What it is, its first line says.
 * @param used columns beside the known ones that the run asks for; others are refused, as they may be misspelt
 * @throws Refusal NOT_FOUND, INVALID_MANIFEST, TOO_MANY_ITEMS, INVALID_OPTIONS for a column that is not there
 */
export function readManifest(path: string, used: readonly string[], limits: Limits): ManifestRow[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found?.isFile()) throw notFound('no file', path)
  if (found.size > maxManifestBytes)
    throw new Refusal(
      'INVALID_MANIFEST',
      `The manifest has ${found.size} bytes; ${maxManifestBytes} are read.`,
    )
  const file = openReal(path)
  let text: string
  try {
    text = decodeText(readFileSync(file), '', 'INVALID_MANIFEST')
  } finally {
    closeSync(file)
  }
  const rows: ManifestRow[] = []
  const columns = new Set<string>()
  for (const row of rowsOf(text, limits.maxJsonDepth)) {
    for (const name of row.columns.keys()) {
      if (columns.has(name)) continue
      refuseUnknown(name, used, row.line)
      columns.add(name)
    }
    rows.push(row)
    if (rows.length > limits.maxItems)
      throw new Refusal('TOO_MANY_ITEMS', `The manifest has more than ${limits.maxItems} items.`)
  }
  if (rows.length === 0) throw new Refusal('INVALID_MANIFEST', 'The manifest names no item.')
  const absent = used.find((name) => !columns.has(name))
  if (absent !== undefined)
    throw refuseField(
      'INVALID_OPTIONS',
      '/by',
      `The manifest has no column ${JSON.stringify(absent)}; it has ${[...columns].join(', ')}.`,
    )
  return rows
}

function rowsOf(text: string, maxDepth: number): Iterable<ManifestRow> {
  if (/^\s*\{/.test(text.slice(0, 1000))) return ndjsonRows(text, maxDepth)
  const header = text.slice(0, 10_000).split(/[\r\n]/, 1)[0]
  if (!/[,\t]/.test(header) && header.includes(';'))
    throw invalidLine(1, 'separates its columns with semicolons: save it with commas or tabs')
  return delimitedRows(text, header.includes('\t') ? '\t' : ',')
}

function refuseUnknown(name: string, used: readonly string[], line: number): void {
  if (knownColumns.some((known) => known === name) || used.includes(name)) return
  throw invalidLine(
    line,
    `has the column ${JSON.stringify(name.slice(0, 100))}, which nothing uses: name it with --by, or take it out. Known are ${knownColumns.join(', ')}`,
  )
}
