import type { ItemFilter } from '../address/run-address.ts'

/** What a filter is called before its value. */
export const filterName: Readonly<Record<ItemFilter, string>> = {
  status: 'status',
  code: 'problem',
  group: 'group',
  class: 'with class',
  below: 'below',
  between: 'between',
  key: 'name holds',
  confused: 'taken for another:',
  by: 'with',
}

/** The value of a filter as people read it: classes by their names, numbers short. */
export function filterValue(name: ItemFilter, value: string, classes: ReadonlyMap<number, string>): string {
  const label = (text = '') => classes.get(Number(text)) ?? text
  const short = (text: string) => String(Number(Number(text).toPrecision(4)))
  const [left = '', ...rest] = value.split(':')
  const right = rest.join(':')
  switch (name) {
    case 'class':
      return label(value)
    case 'confused': {
      const [truth, taken] = value.split(',')
      return `${label(truth)} → ${label(taken)}`
    }
    case 'between': {
      const [low = '', high = ''] = right.split(',')
      return `${left} ${low === '' ? '…' : short(low)} and ${high === '' ? '…' : short(high)}`
    }
    case 'below':
    case 'by':
      return `${left} ${right}`
    default:
      return value
  }
}
