import { DatasetFingerprint } from '../fingerprints.ts'
import type { ItemRow, JointTriple } from '../rows/item-row.ts'
import { RowColumnsBuilder } from '../rows/row-columns.ts'
import { Tally } from '../tally/tally.ts'
import { ValueCounts } from './by-values.ts'
import { DuplicatePredictions } from './duplicate-predictions.ts'
import { RunWarnings } from './run-warnings.ts'
import type { Failure } from './summary.ts'

/** Most failures that a summary lists; all of them stand in `items.ndjson`. */
const maxFailures = 1000

/** All that a summary is made of, gathered from the rows of a run in manifest order. */
export class RowCollection {
  readonly tally = new Tally()
  readonly columns: RowColumnsBuilder
  readonly failures: Failure[] = []
  readonly warnings = new RunWarnings()
  readonly values = new ValueCounts()
  readonly dataset = new DatasetFingerprint()
  readonly duplicates: DuplicatePredictions

  /**
   * @param seed of resamples
   * @param rows how many there may be, where it is known
   */
  constructor(seed: number, rows?: number) {
    this.duplicates = new DuplicatePredictions(rows)
    this.columns = new RowColumnsBuilder(seed, rows === undefined ? {} : { rows })
  }

  add(row: ItemRow): void {
    this.tally.add(row)
    this.columns.add(row)
    this.values.add(row)
    this.dataset.add(row)
    this.duplicates.add(row, this.columns.size - 1)
    for (const { code, message } of row.warnings) this.warnings.add(code, row.key, message)
    if (row.status === 'failed' || row.status === 'skipped') this.#addFailure(row)
    if (row.substituted) this.#addSubstituted(row)
  }

  /** The joint table of rows that say `joint_in_chunk`. */
  addJoint(triples: readonly JointTriple[]): void {
    this.tally.addJoint(triples)
  }

  #addFailure({ index, key, status, problem }: ItemRow): void {
    const { side, code, detail } = problem ?? {
      side: 'pair',
      code: 'INTERNAL',
      detail: `The item was ${status}.`,
    }
    if (this.failures.length < maxFailures) this.failures.push({ index, key, side, code, detail })
    else
      this.warnings.add(
        'FAILURES_NOT_LISTED',
        key,
        `Only the first ${maxFailures} failed or skipped items are listed; items.ndjson holds all.`,
      )
  }

  #addSubstituted({ key, substituted, scores }: ItemRow): void {
    this.warnings.add(
      substituted === 'missing' ? 'MISSING_SCORED_AS_EMPTY' : 'BROKEN_SCORED_AS_EMPTY',
      key,
      `The prediction was ${substituted} and was scored as one without any class.`,
    )
    if (scores.h_joint === 0)
      this.warnings.add(
        'EMPTY_WITHOUT_ENTROPY',
        key,
        'A prediction stands in for a missing or broken one where the ground truth has a single label: the item has mi_loss 1, but weighs nothing in the pooled mi_loss.',
      )
  }
}
