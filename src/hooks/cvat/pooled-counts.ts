import type { ScoringContext } from '../../scoring/context.ts'
import { scoreTable } from '../../scoring/table.ts'
import { type Comparison, comparisonOf, pairRequest } from '../comparison.ts'

/** [ground truth, prediction, pixels]. */
type Triple = readonly [number, number, number]

/** The contingency tables of several frames, added up: all their pixels as those of one image. */
export class PooledCounts {
  readonly #counts = new Map<string, Triple>()

  /** The labels must mean the same in every table. */
  add(triples: readonly Triple[]): void {
    for (const [groundTruth, prediction, pixels] of triples) {
      const key = `${groundTruth} ${prediction}`
      const sum = pixels + (this.#counts.get(key)?.[2] ?? 0)
      this.#counts.set(key, [groundTruth, prediction, sum])
    }
  }

  /** Scores of the sum, as POST /v1/table gives them; null when nothing was added. */
  compare(classes: Readonly<Record<string, string>>, context: ScoringContext): Comparison | null {
    if (this.#counts.size === 0) return null
    const triples = [...this.#counts.values()]
    const request = {
      ...pairRequest(nothing, nothing, { families: ['overlap'], classes }),
      has: (name: string) => name === 'triples',
      value: () => triples,
    }
    return comparisonOf(scoreTable(request, context).report)
  }
}

const nothing = { kind: 'labels', data: [] } as const
