import type { ItemRow } from '../rows/item-row.ts'
import { markup } from './escape.ts'
import { figure } from './figure.ts'
import type { ReportInput } from './report-input.ts'

interface Suite {
  readonly name: string
  readonly tests: number
  readonly failures: number
  readonly errors: number
  readonly skipped: number
}

/**
 * `junit.xml`: a case for each check and for each item that failed or was skipped, and one that says how many were scored,
 * so that the file is never without a case.
 */
export function* junitReport({ summary, rows }: ReportInput): Generator<string> {
  const { checks, items } = summary
  const suites: [items: Suite, checks: Suite] = [
    {
      name: 'items',
      tests: 1 + items.failed + items.skipped,
      failures: 0,
      errors: items.failed,
      skipped: items.skipped,
    },
    {
      name: 'checks',
      tests: checks.length,
      failures: checks.filter(({ result }) => result !== 'pass').length,
      errors: 0,
      skipped: 0,
    },
  ]
  const sum = (count: 'tests' | 'failures' | 'errors' | 'skipped') => suites[0][count] + suites[1][count]
  yield '<?xml version="1.0" encoding="UTF-8"?>\n'
  yield `<testsuites name="maskscore" tests="${sum('tests')}" failures="${sum('failures')}" errors="${sum('errors')}" skipped="${sum('skipped')}">\n`
  yield opened(suites[0])
  yield `    <testcase classname="maskscore.items" name="${items.scored} of ${items.total} items were scored"/>\n`
  for (const row of rows()) if (row.status !== 'scored') yield itemCase(row)
  yield '  </testsuite>\n'
  yield opened(suites[1])
  for (const { check, value, result, detail } of checks) {
    const said = value === null ? result : `${result}: the value is ${figure(value)}`
    const message = detail === undefined ? said : `${said}. ${detail}`
    yield testCase('checks', check, result === 'pass' ? '' : told('failure', result, message))
  }
  yield '  </testsuite>\n</testsuites>\n'
}

const opened = ({ name, tests, failures, errors, skipped }: Suite): string =>
  `  <testsuite name="maskscore.${name}" tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}">\n`

function itemCase({ key, status, problem }: ItemRow): string {
  const { side, code, detail } = problem ?? {
    side: 'pair',
    code: 'INTERNAL',
    detail: `The item was ${status}.`,
  }
  const message = `${side}: ${code}: ${detail}`
  return testCase('items', key, told(status === 'skipped' ? 'skipped' : 'error', code, message))
}

const testCase = (suite: string, name: string, outcome: string): string =>
  `    <testcase classname="maskscore.${suite}" name="${markup(name)}"${outcome === '' ? '/>' : `>${outcome}</testcase>`}\n`

function told(element: 'failure' | 'error' | 'skipped', type: string, message: string): string {
  const kind = element === 'skipped' ? '' : ` type="${markup(type)}"`
  return `<${element}${kind} message="${markup(message)}"/>`
}
