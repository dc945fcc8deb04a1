import type { ClassDifference, Comparison } from '../../evaluations/comparison/comparison.ts'
import { figure, interval, pFigure, signedFigure } from '../../evaluations/reports/figure.ts'
import { comparedItems, noteSaid } from '../../evaluations/reports/words.ts'
import type { IntervalNote } from '../../evaluations/summary/summary.ts'
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
  readonly note?: IntervalNote
}

/** Run B against run A as a person reads it in a terminal. */
export function comparisonTable(comparison: Comparison): string[] {
  const { a, b, scores, per_class, worst, warnings } = comparison
  const changed = per_class.filter(({ p_holm }) => p_holm !== null && p_holm < maxP)
  return [
    '',
    `${b.name} against ${a.name}: ${comparedItems(comparison)}`,
    ...scores.map(({ pointer, p, wins, ties, losses, ...difference }) => {
      const test = p === null ? '' : ` p ${pFigure(p)}`
      return `${row(pointer, difference)}${test}, ${wins} better, ${ties} equal, ${losses} worse`
    }),
    ...changed
      .slice(0, shownClasses)
      .map((change) => `${row(nameOf(change), change)} p ${pFigure(change.p_holm ?? 1)} (Holm)`),
    ...(changed.length > shownClasses
      ? [`  … and ${changed.length - shownClasses} more differences of classes`]
      : []),
    ...worst
      .slice(0, shownWorst)
      .map(({ key, a: before, b: after }) => `  worse: ${key} ${figure(before)} → ${figure(after)}`),
    ...warningRows(warnings),
  ]
}

const nameOf = ({ label, name, score }: ClassDifference): string => `${score} of ${name ?? `label ${label}`}`

function row(name: string, { a, b, delta, interval: ends, note }: Difference): string {
  const [before, after] = [a, b].map((value) => (value === null ? 'none' : figure(value)))
  const between = [...(ends ? [interval(ends)] : []), ...(note ? [noteSaid(note)] : [])].join(' ')
  const change = delta === null ? 'none' : signedFigure(delta)
  return `  ${name.padEnd(32)} ${before.padStart(8)} → ${after.padEnd(8)} ${change.padStart(8)}  ${between || 'no interval'}`
}
