import { isAssumed } from '../../checks/check-names.ts'
import type { Comparison, ScoreDifference } from '../../comparison/comparison.ts'
import { markdownCode } from '../escape.ts'
import { figure, interval, pFigure, signedFigure } from '../figure.ts'
import { comparedItems, noteSaid, pointerTitle } from '../words.ts'
import { cutList } from './cut-list.ts'

const shownWorst = 5
const maxList = 6000

/** What changed since the compared run: differences of scores, and the items that got worse most. */
export function markdownDifferences(comparison: Comparison): string {
  const { a, b, scores, worst } = comparison
  const worse = worst.map(
    ({ key, a: before, b: after }) =>
      `- ${markdownCode(key.slice(0, 200))}: MI loss ${figure(before)} → ${figure(after)}`,
  )
  return [
    `### What changed: ${markdownCode(b.name)} against ${markdownCode(a.name)}`,
    `${comparedItems(comparison)}.`,
    `| score | before | now | difference | interval | p | better / equal / worse |\n|---|---:|---:|---:|---|---:|---:|\n${scores.map((row) => differenceRow(row, isAssumed(row.pointer, comparison))).join('\n')}`,
    cutList('Got worse most:', worse.slice(0, shownWorst), maxList),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function differenceRow(
  { pointer, a, b, delta, wins, ties, losses, ...of }: ScoreDifference,
  assumed: boolean,
): string {
  const said = (value: number | null) => (value === null ? 'none' : figure(value))
  const between = [
    ...(of.interval ? [interval(of.interval)] : []),
    ...(of.note ? [noteSaid(of.note)] : []),
  ].join(', ')
  const cells = [
    `${pointerTitle(pointer)}${assumed ? ' (assumed)' : ''}`,
    said(a),
    said(b),
    delta === null ? 'none' : signedFigure(delta),
    between,
    of.p === null ? '' : pFigure(of.p),
    `${wins} / ${ties} / ${losses}`,
  ]
  return `| ${cells.join(' | ')} |`
}
