import { AnyOf } from './reading/any-of.ts'
import { Gap } from './reading/gap.ts'

type Tree = Readonly<Record<string, unknown>>

/** One value of an answer that is not what the reading expects. */
export interface Difference {
  readonly pointer: string
  readonly got: unknown
  readonly want: unknown
}

const isClose = (got: unknown, want: number): boolean =>
  typeof got === 'number' && Math.abs(got - want) <= 1e-9 * Math.max(1, Math.abs(want))

/** Every place where a report differs from what is expected; what is not expected in it is not looked at. */
export function differences(report: Tree, expected: Tree): Difference[] {
  const reasons = report.reasons as Readonly<Record<string, string>>
  const found: Difference[] = []
  const compare = (got: unknown, want: unknown, pointer: string): void => {
    if (want === undefined) return
    if (want instanceof Gap) {
      if (got !== null || reasons[pointer] !== want.reason)
        found.push({
          pointer,
          got: got === null ? `null: ${reasons[pointer]}` : got,
          want: `null: ${want.reason}`,
        })
    } else if (want instanceof AnyOf) {
      if (!want.values.some((value) => isClose(got, value))) found.push({ pointer, got, want: want.values })
    } else if (typeof want === 'number') {
      if (!isClose(got, want))
        found.push({ pointer, got: got === null ? `null: ${reasons[pointer]}` : got, want })
    } else if (typeof want !== 'object' || want === null) {
      if (got !== want) found.push({ pointer, got, want })
    } else if (typeof got !== 'object' || got === null) {
      found.push({ pointer, got, want })
    } else if (Array.isArray(want)) {
      const [given, wanted] = [ordered(pointer, got as unknown[]), ordered(pointer, want)]
      if (given.length !== wanted.length)
        found.push({ pointer: `${pointer}/length`, got: given.length, want: wanted.length })
      wanted.forEach((item, index) => {
        if (index < given.length) compare(given[index], item, `${pointer}/${index}`)
      })
    } else
      for (const [key, item] of Object.entries(want)) compare((got as Tree)[key], item, `${pointer}/${key}`)
  }
  compare(report, expected, '')
  return found
}

/** Segments come in the order of their contributions, of which equal ones may be exchanged. */
function ordered(pointer: string, items: readonly unknown[]): readonly unknown[] {
  if (pointer !== '/segments') return items
  const key = (item: unknown) => {
    const { side, label, area, contribution } = item as Tree
    return `${side} ${label} ${area} ${(contribution as number).toFixed(9)}`
  }
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}
