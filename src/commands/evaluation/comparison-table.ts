import type { ClassDifference, Comparison } from '../../evaluations/comparison/comparison.ts'
import { warningRows } from './warning-rows.ts'

const shownWorst = 5
const shownClasses = 10
/** Differences of classes are shown below this adjusted p-value. */
const maxP = 0.05

interface Difference {
  readonly a: number | null
  readonly b: number | null
  readonly delta: number | null
  readonly interval: readonly [number, number] | null
  readonly note?: string
}

/** Run B against run A as a person reads it in a terminal. */
export function comparisonTable({ a, b, items, scores, per_class, worst, warnings }: Comparison): string[] {
  const changed = per_class.filter(({ p_holm }) => p_holm !== null && p_holm < maxP)
  return [
    '',
    `${b.name} against ${a.name}: ${items.both} items in both, ${items.only_a + items.only_b} in one only, ${items.failed_a} and ${items.failed_b} failed`,
    ...scores.map(({ pointer, p, wins, ties, losses, ...difference }) => {
      const test = p === null ? '' : ` p ${p.toFixed(4)}`
      return `${row(pointer, difference)}${test}, ${wins} better, ${ties} equal, ${losses} worse`
    }),
    ...changed
      .slice(0, shownClasses)
      .map((change) => `${row(nameOf(change), change)} p ${change.p_holm?.toFixed(4)} (Holm)`),
    ...(changed.length > shownClasses
      ? [`  … and ${changed.length - shownClasses} more differences of classes`]
      : []),
    ...worst
      .slice(0, shownWorst)
      .map(({ key, a: before, b: after }) => `  worse: ${key} ${before.toFixed(3)} → ${after.toFixed(3)}`),
    ...warningRows(warnings),
  ]
}

const nameOf = ({ label, name, score }: ClassDifference): string => `${score} of ${name ?? `label ${label}`}`

function row(name: string, { a, b, delta, interval, note }: Difference): string {
  const [before, after, change] = [a, b, delta].map((value) => (value === null ? '-' : value.toFixed(4)))
  const ends = interval
    ? `[${interval.map((end) => end.toFixed(4)).join(', ')}]${note ? ` ${note}` : ''}`
    : `no interval${note ? `: ${note}` : ''}`
  const sign = delta !== null && delta > 0 ? '+' : ''
  return `  ${name.padEnd(32)} ${before.padStart(8)} → ${after.padEnd(8)} ${(sign + change).padStart(8)}  ${ends}`
}
