import { existsSync, readFileSync } from 'node:fs'

import { basename, join, resolve } from 'node:path'
import type { ComparedRun } from '../../evaluations/comparison/compared-run.ts'
import type { Comparison } from '../../evaluations/comparison/comparison.ts'
import { type ReportFormat, reportFileNames, reportFiles } from '../../evaluations/reports/report-formats.ts'
import type { ReportInput } from '../../evaluations/reports/report-input.ts'

import { isRow } from '../../evaluations/rows/is-row.ts'
import type { ItemRow } from '../../evaluations/rows/item-row.ts'
import type { KeptRows } from '../../evaluations/running/kept-rows.ts'
import { partName } from '../../evaluations/running/run-folder.ts'
import type { Summary } from '../../evaluations/summary/summary.ts'
import { parseJson } from '../../json/parse-json.ts'
import { Refusal } from '../../problems/refusal.ts'

/** Every file that a finished run may leave beside its record. */
export const resultNames = [
  'summary.json',
  'items.ndjson',
  'matching.json',
  'comparison.json',
  ...reportFileNames,
]

/** What a run answers. */
export interface RunAnswer {
  readonly summary: Summary
  readonly comparison?: Comparison
}

/** The files of a finished run, by name; a text comes in pieces. */
export function resultFiles(
  { summary, comparison }: RunAnswer,
  kept: KeptRows,
  formats: readonly ReportFormat[],
  drawn: Pick<ReportInput, 'pictures' | 'objectPictures'> = {},
): Record<string, Iterable<string>> {
  const json = (value: unknown) => [`${JSON.stringify(value, null, 2)}\n`]
  const rows = () => kept.rows()
  return {
    'summary.json': json(summary),
    'items.ndjson': kept.texts(),
    'matching.json': json(summary.matching),
    ...(comparison && { 'comparison.json': json(comparison) }),
    ...reportFiles(formats, {
      summary,
      rows,
      joints: () => kept.joints(),
      ...(comparison && { comparison }),
      ...drawn,
    }),
  }
}

/** What a finished run answered. */
export function readAnswer(folder: string): RunAnswer {
  const path = join(folder, 'summary.json')
  const summary = parseSummary(readFileSync(path, 'utf8'), path)
  const compared = join(folder, 'comparison.json')
  if (!existsSync(compared)) return { summary }
  return {
    summary,
    comparison: parseJson(readFileSync(compared, 'utf8'), maxDepth, '/comparison') as Comparison,
  }
}

/**
 * A finished run as it was written.
 * @throws Refusal RESULTS_DAMAGED where it is not finished, or its rows cannot be read; NOT_COMPARABLE
 */
export function readResults(folder: string): ComparedRun {
  if (existsSync(join(folder, partName)))
    throw new Refusal('RESULTS_DAMAGED', `The run in ${folder} is not finished.`).advising(
      'Run it again with --resume.',
    )
  const path = join(folder, 'summary.json')
  const rows: ItemRow[] = readFileSync(join(folder, 'items.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => rowOf(line, index, folder))
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

function rowOf(line: string, index: number, folder: string): ItemRow {
  const row = parsed(line)
  if (isRow(row)) return row
  throw new Refusal('RESULTS_DAMAGED', `Line ${index + 1} of ${join(folder, 'items.ndjson')} is no row.`)
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
