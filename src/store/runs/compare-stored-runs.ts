import { randomUUID } from 'node:crypto'
import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { compareRuns } from '../../evaluations/comparison/compare-runs.ts'
import type { ComparedRun } from '../../evaluations/comparison/compared-run.ts'
import type { Comparison } from '../../evaluations/comparison/comparison.ts'
import { summaryName } from '../../evaluations/running/finish-stored-run.ts'
import { keptRows } from '../../evaluations/running/kept-files.ts'
import { readKept } from '../../evaluations/running/kept-json.ts'
import { type Plan, planName } from '../../evaluations/running/plan-run.ts'
import { writePieces } from '../../evaluations/running/write-pieces.ts'

/** A finished run on the disk. Plain data. */
export interface StoredRun {
  readonly name: string
  readonly folder: string
  /** Of its rows, in manifest order. */
  readonly files: readonly string[]
}

export interface ComparisonRequest {
  readonly a: StoredRun
  readonly b: StoredRun
  /** Where the answer is kept; one that is there is answered again. */
  readonly path: string
}

/** @throws Refusal NOT_COMPARABLE */
export async function compareStoredRuns({ a, b, path }: ComparisonRequest): Promise<Comparison> {
  if (existsSync(path)) return readKept(path)
  const { run } = readKept<Plan>(join(b.folder, planName))
  const comparison = compareRuns(comparedRun(a), comparedRun(b), run.evaluation)
  // Whole, or not at all: another thread or process may look for it now.
  const fresh = `${path}.${randomUUID()}`
  writePieces(fresh, [`${JSON.stringify(comparison, null, 2)}\n`])
  renameSync(fresh, path)
  return comparison
}

export const comparedRun = ({ name, folder, files }: StoredRun): ComparedRun => ({
  name,
  summary: readKept(join(folder, summaryName)),
  rows: () => keptRows(files),
})
