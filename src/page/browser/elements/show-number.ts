/** A score with four decimals; nothing is shown as 1 or 0 that only rounds to it. */
export function showScore(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–'
  const shown = value.toFixed(4)
  if (value !== 1 && shown === '1.0000') return '0.9999…'
  if (value !== 0 && (shown === '0.0000' || shown === '-0.0000')) return value.toExponential(1)
  return shown
}

/** A number of a list in which scores and counts stand side by side: what is whole has no decimals. */
export const showNumber = (value: number | null): string =>
  value !== null && Number.isInteger(value) ? showCount(value) : showScore(value)

/** A whole number with its thousands apart. */
export const showCount = (value: number): string => value.toLocaleString('en')

/** A share as a percentage of three digits; nothing is shown as all or none that only rounds to it. */
export function showShare(share: number): string {
  if (share === 0) return '0 %'
  const percent = 100 * share
  if (percent < 0.01) return '< 0.01 %'
  if (share < 1 && percent >= 99.95) return '> 99.9 %'
  return `${percent.toFixed(percent < 1 ? 2 : 1)} %`
}

/** A size with three digits, in powers of ten. */
export function showBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3))
  return power === 0 ? `${bytes} bytes` : `${Number((bytes / 1000 ** power).toPrecision(3))} ${units[power]}`
}
