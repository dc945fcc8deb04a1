import { isDeepStrictEqual } from 'node:util'
import { Refusal } from '../../problems/refusal.ts'
import { countingOptions } from '../counting-options.ts'
import type { Summary } from '../summary/summary.ts'
import type { ComparedRun } from './compared-run.ts'
import { joinRows } from './join-rows.ts'

type Comparable = Pick<Summary, 'fingerprint' | 'labels' | 'options'>

/** Most keys that a difference names. */
const maxNamed = 5

/** Why the numbers of two summaries cannot be set against each other; empty: they can. */
export function differencesOf(a: Comparable, b: Comparable): string[] {
  return [
    ...(a.fingerprint.dataset === b.fingerprint.dataset ? [] : ['the keys or the ground-truth files differ']),
    ...(a.labels === b.labels ? [] : [`labels are ${a.labels} in the first and ${b.labels} in the second`]),
    ...optionDifferences(a, b),
  ]
}

/**
 * Refuses to compare runs on other ground truth or with other options that change a count.
 * @throws Refusal NOT_COMPARABLE, which names the differences
 */
export function refuseIncomparable(a: ComparedRun, b: ComparedRun): void {
  const differences = differencesOf(a.summary, b.summary)
  if (differences.length === 0) return
  if (a.summary.fingerprint.dataset !== b.summary.fingerprint.dataset)
    differences.push(...keyDifferences(a, b))
  const names = [a.name, b.name].map((name) => JSON.stringify(name)).join(' and ')
  throw new Refusal('NOT_COMPARABLE', `${names} cannot be compared: ${differences.join('; ')}.`)
}

function optionDifferences(a: Comparable, b: Comparable): string[] {
  if (a.fingerprint.options === b.fingerprint.options) return []
  const [ofA, ofB] = [countingOptions(a.options), countingOptions(b.options)]
  const differing = [...new Set([...Object.keys(ofA), ...Object.keys(ofB)])]
    .sort()
    .filter((name) => !isDeepStrictEqual(ofA[name], ofB[name]))
  if (differing.length === 0) return ['their scores are of different versions']
  return differing.map((name) => `the option \`${name}\` differs`)
}

function keyDifferences(a: ComparedRun, b: ComparedRun): string[] {
  const onlyA: string[] = []
  const onlyB: string[] = []
  const changed: string[] = []
  for (const [rowA, rowB] of joinRows([a.rows(), b.rows()])) {
    if (rowA && !rowB) onlyA.push(rowA.key)
    if (rowB && !rowA) onlyB.push(rowB.key)
    if (rowA && rowB && rowA.sha256[0] !== rowB.sha256[0]) changed.push(rowA.key)
  }
  return [
    ...named(onlyA, 'only in the first'),
    ...named(onlyB, 'only in the second'),
    ...named(changed, 'with another ground truth'),
  ]
}

function named(keys: readonly string[], what: string): string[] {
  if (keys.length === 0) return []
  const shown = keys.slice(0, maxNamed).join(', ')
  return [`items ${what}: ${keys.length} (${shown}${keys.length > maxNamed ? ', …' : ''})`]
}
