/**
 * A number as people read it: four decimals, fewer for large ones, integers whole. What is not 0 or 1 never looks like it:
 * "<0.0001", ">0.9999". The exact value stands in the CSV and in `summary.json`.
 */
export function figure(value: number): string {
  if (value < 0) return value > -0.00005 ? '>-0.0001' : `-${figure(-value)}`
  if (Number.isInteger(value)) return value <= 1 ? value.toFixed(4) : grouped(value)
  if (value < 0.00005) return '<0.0001'
  if (value >= 0.99995 && value < 1) return '>0.9999'
  if (value > 1 && value < 1.00005) return '1.0001'
  return value < 10_000 ? value.toFixed(value < 10 ? 4 : value < 1000 ? 2 : 1) : grouped(Math.round(value))
}

/** A count with its thousands apart: 12,345. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/** "1 item", "1,234 items". */
export const itemsSaid = (count: number): string => `${grouped(count)} ${count === 1 ? 'item' : 'items'}`

/** A difference: its sign is always said. */
export const signedFigure = (value: number): string =>
  value > 0 && value < 0.00005 ? '<+0.0001' : value > 0 ? `+${figure(value)}` : figure(value)

/** A p-value: four decimals, and never 0. */
export const pFigure = (p: number): string => (p < 0.0001 ? '<0.0001' : p.toFixed(4))

export const interval = ([low, high]: readonly [number, number]): string =>
  `[${figure(low)}, ${figure(high)}]`
/** A part of a whole in per cent with one decimal. What is not nothing and not all never looks like it. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0005) return '<0.1 %'
  if (share < 1 && share > 0.9995) return '>99.9 %'
  return `${(100 * share).toFixed(1)} %`
}
