import { refuseField } from '../../problems/refusal.ts'
import { numberAt } from '../../scoring/report/checks.ts'
import { differencesOf } from '../comparison/not-comparable.ts'
import { type CheckResult, headlineScores, type Summary } from '../summary/summary.ts'
import { type CheckedNumber, checkedNumber, directionAt, isAssumed } from './check-names.ts'
import { liftedBy } from './lifted-by.ts'

type Comparison = '>=' | '<=' | '>' | '<'

/** A bound on one number of a summary. */
export interface Check extends CheckedNumber {
  /** As it was written. */
  readonly check: string
  readonly comparison: Comparison
  readonly limit: number
}

/** The most that one number may get worse than it was in a baseline. */
export interface DropCheck extends CheckedNumber {
  readonly check: string
  /** ≥ 0 */
  readonly limit: number
}

const names = `${headlineScores.join(', ')}, image.<score>, or a pointer into summary.json`

/**
 * Reads `mean_iou>=0.8`, `image.mi_loss<0.2` or `/pooled/overlap/per_class/3/iou.low>=0.5`.
 * @throws Refusal INVALID_OPTIONS
 */
export function parseCheck(check: string): Check {
  const [, name, comparison, limit] = /^\s*(\S+?)\s*(>=|<=|>|<)\s*(\S+)\s*$/.exec(check) ?? []
  if (name === undefined) throw invalid(check, 'a check is a name, one of >= <= > <, and a number')
  return { check, comparison: comparison as Comparison, limit: numberOf(check, limit), ...named(check, name) }
}

/**
 * Reads `mean_iou=0.01`.
 * @throws Refusal INVALID_OPTIONS
 */
export function parseDropCheck(check: string): DropCheck {
  const [, name, limit] = /^\s*(\S+?)\s*=\s*(\S+)\s*$/.exec(check) ?? []
  if (name === undefined) throw invalid(check, 'a drop is a name, = and a number')
  const number = { check: `max-drop ${check}`, limit: numberOf(check, limit), ...named(check, name) }
  if (number.limit < 0) throw invalid(check, 'the largest allowed drop is 0 or more')
  if (directionAt(number.pointer) === 0)
    throw invalid(check, `${name} is neither better nor worse when it is larger`)
  return number
}

/**
 * Answers checks from a summary. Those of an incomplete run are answered from the one in which failed and skipped items
 * count as empty predictions, so that what is left out never lifts a score.
 */
export function runChecks(
  checks: readonly Check[],
  summary: Summary,
  asEmpty: Summary = summary,
): CheckResult[] {
  return checks.map(({ check, comparison, limit, ...number }) => {
    const { value, detail } = numberIn(number, asEmpty)
    if (value === null) return { check, value, limit, result: 'not_computed', ...(detail && { detail }) }
    return { check, value, limit, result: holds(value, comparison, limit) ? 'pass' : 'fail' }
  })
}

/**
 * Answers how far numbers got worse than in a baseline; the value is the loss, below 0 where the number got better.
 *
 * @param summary of an incomplete run: the one with failed and skipped items as empty predictions
 * @param significant where it is given, a drop fails only when this says that it is no chance
 */
export function runDropChecks(
  checks: readonly DropCheck[],
  summary: Summary,
  baseline: Summary,
  significant: (pointer: string) => boolean = () => true,
): CheckResult[] {
  const differences = differencesOf(baseline, summary)
  return checks.map(({ check, limit, ...number }) => {
    if (differences.length > 0)
      return { check, value: null, limit, result: 'not_comparable', detail: `${differences.join('; ')}.` }
    const [before, after] = [numberIn(number, baseline), numberIn(number, summary)]
    const otherClass = classDifference(number.pointer, baseline, summary)
    if (before.value === null || after.value === null || otherClass) {
      const detail = after.detail ?? before.detail ?? otherClass
      return { check, value: null, limit, result: 'not_computed', ...(detail && { detail }) }
    }
    const value = (before.value - after.value) * directionAt(number.pointer)
    return { check, value, limit, result: value > limit && significant(number.pointer) ? 'fail' : 'pass' }
  })
}

function numberIn(
  { pointer, end }: CheckedNumber,
  summary: Summary,
): { value: number | null; detail?: string } {
  if (isAssumed(pointer, summary))
    return {
      value: null,
      detail: 'Nobody said that labels are classes: set `labels` to "classes", or name them in `classes`.',
    }
  const lifted = liftedBy(pointer, summary)
  if (lifted !== undefined) return { value: null, detail: lifted }
  if (end === undefined) {
    const reason = summary.reasons[pointer]
    return {
      value: numberAt(summary, pointer) ?? null,
      ...(reason && { detail: `The reason is ${reason}.` }),
    }
  }
  const interval = summary.intervals?.values[pointer]
  const note = summary.intervals?.notes[pointer]
  if (interval) return { value: interval[end === 'low' ? 0 : 1] }
  return { value: null, detail: `There is no interval at ${pointer}${note ? `: ${note}` : ''}.` }
}

/** Classes stand in a list: where one run has a class more, a place in it means another class. */
function classDifference(pointer: string, before: Summary, after: Summary): string | undefined {
  const [, place] = /^\/pooled\/overlap\/per_class\/(\d+)\//.exec(pointer) ?? []
  if (place === undefined) return undefined
  const [a, b] = [before, after].map(({ pooled }) => pooled.overlap?.per_class[Number(place)]?.label)
  return a === b ? undefined : `Place ${place} of per_class is label ${a} in the baseline, and ${b} now.`
}

function holds(value: number, comparison: Comparison, limit: number): boolean {
  switch (comparison) {
    case '>=':
      return value >= limit
    case '<=':
      return value <= limit
    case '>':
      return value > limit
    case '<':
      return value < limit
  }
}

function named(check: string, name: string): CheckedNumber {
  const number = checkedNumber(name)
  if (number) return number
  throw invalid(check, `${JSON.stringify(name)} is none of ${names}`)
}

function numberOf(check: string, text: string): number {
  const value = Number(text)
  if (Number.isFinite(value)) return value
  throw invalid(check, `${JSON.stringify(text)} is not a number`)
}

const invalid = (check: string, why: string) =>
  refuseField('INVALID_OPTIONS', '/checks', `The check ${JSON.stringify(check)} cannot be read: ${why}.`)
