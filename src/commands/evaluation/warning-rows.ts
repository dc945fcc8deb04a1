import { itemsSaid } from '../../evaluations/reports/figure.ts'
import type { RunWarning } from '../../evaluations/summary/summary.ts'

/** Warnings, one a line: the code, which items it concerns first, and what it means. */
export const warningRows = (warnings: readonly RunWarning[]): string[] =>
  warnings.map(({ code, items, first, message }) => {
    const named = first.length > 0 ? `: ${first.join(', ')}${items > first.length ? ', …' : ''}` : ''
    return `${code} (${itemsSaid(items)}${named}): ${message}`
  })
