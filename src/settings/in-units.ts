type Units = readonly (readonly [string, number])[]

const sizes: Units = [
  ['GB', 2 ** 30],
  ['MB', 2 ** 20],
  ['KB', 2 ** 10],
  ['B', 1],
]
const times: Units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
  ['ms', 1],
]

/** In the largest unit that it is a whole number of. */
function inUnits(value: number, units: Units): string {
  if (value === 0) return '0'
  const [unit, factor] = units.find(([, size]) => value % size === 0)!
  return `${value / factor}${unit}`
}

/** `64MB`. */
export const asSize = (bytes: number): string => inUnits(bytes, sizes)

/** `30s`. */
export const asTime = (ms: number): string => inUnits(ms, times)
