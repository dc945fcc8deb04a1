import type { ScoreOptions } from '../request/options.ts'

/** Whether a scoring asks where pixels are, and not only how many. */
export function needsPlaces(options: ScoreOptions): boolean {
  return (
    options.components !== 'none' ||
    options.border_tolerance !== undefined ||
    options.families.includes('boundary') ||
    options.include.includes('segments')
  )
}
