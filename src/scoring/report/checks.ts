import { z } from 'zod'
import { schemaAt } from '../../json/parse-with.ts'
import { reportSchema } from './report.ts'

/** A bound on one number of the report, named by its JSON pointer. */
export const checkSchema = z
  .strictObject({
    metric: z
      .string()
      .max(300)
      .refine(isReportNumber, { error: ({ input }) => noNumber(String(input)) }),
    min: z.number().optional(),
    max: z.number().optional(),
  })
  .refine((check) => check.min !== undefined || check.max !== undefined, { error: 'needs `min` or `max`' })
export type Check = z.output<typeof checkSchema>

export interface CheckResult extends Check {
  readonly value: number | null
  readonly result: 'pass' | 'fail' | 'not_computed'
}

/** Answers each check from a finished report; a value that is null or was not asked for is `not_computed`. */
export function runChecks(checks: readonly Check[], report: unknown): CheckResult[] {
  return checks.map((check) => {
    const value = numberAt(report, check.metric)
    if (value === undefined) return { ...check, value: null, result: 'not_computed' }
    const holds = value >= (check.min ?? -Infinity) && value <= (check.max ?? Infinity)
    return { ...check, value, result: holds ? 'pass' : 'fail' }
  })
}

function noNumber(metric: string): string {
  const pointer = `/${metric.replace(/^[./]+/, '').replaceAll('.', '/')}`
  const hint = isReportNumber(pointer)
    ? `; a metric begins with a slash: "${pointer}"`
    : '; GET /v1/metrics lists them'
  return `no report can hold a number at this pointer${hint}`
}

function isReportNumber(pointer: string): boolean {
  if (!pointer.startsWith('/')) return false
  const schema = schemaAt(reportSchema, tokens(pointer))
  return schema instanceof z.ZodNumber
}

/** The number at a JSON pointer; undefined where there is none. */
export function numberAt(value: unknown, pointer: string): number | undefined {
  let current = value
  for (const token of tokens(pointer)) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, token)) return undefined
    current = (current as Record<string, unknown>)[token]
  }
  return typeof current === 'number' ? current : undefined
}

const tokens = (pointer: string): string[] =>
  pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
