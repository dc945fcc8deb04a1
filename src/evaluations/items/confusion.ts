import { type JointTable, outsideLabel } from '../tally/joint-table.ts'

/** Which class was taken for which, over all scored items of a run. */
export interface Confusion {
  /** Counted pixels of all triples, those that are not listed too. */
  readonly pixels: number
  /** Label → name, of the labels that occur and have one. */
  readonly names: Readonly<Record<string, string>>
  /** `[ground truth, prediction, pixels]`, most pixels first; null stands for every label that is no class. */
  readonly triples: readonly (readonly [
    groundTruth: number | null,
    prediction: number | null,
    pixels: number,
  ])[]
  /** Triples with fewer pixels that are not listed. */
  readonly truncated: number
  /** Why there are none. */
  readonly reason?: 'joint_not_kept' | 'too_many_classes'
}

const maxTriples = 20_000

/** The summed joint table of a run as triples. */
export function confusionOf(joint: JointTable, names: Readonly<Record<string, string>>): Confusion {
  const { lost } = joint
  if (lost) return { pixels: 0, names: {}, triples: [], truncated: 0, reason: lost }
  const { rows, columns, counts, rowLabels, columnLabels, total } = joint.table()
  const label = (value: number) => (value === outsideLabel ? null : value)
  const all = Array.from(
    counts,
    (pixels, k) => [label(rowLabels[rows[k]]), label(columnLabels[columns[k]]), pixels] as const,
  )
  // Equal counts stay in the order of the table, which is that of the labels.
  const triples = all.sort(([, , a], [, , b]) => b - a).slice(0, maxTriples)
  const present = new Set([...rowLabels, ...columnLabels].map(String))
  return {
    pixels: total,
    names: Object.fromEntries(Object.entries(names).filter(([name]) => present.has(name))),
    triples,
    truncated: all.length - triples.length,
  }
}
