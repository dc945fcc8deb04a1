import fc from 'fast-check'
import type { Comparison } from '../../../src/evaluations/comparison/comparison.ts'
import type { ReportInput, ReportText } from '../../../src/evaluations/reports/report-input.ts'
import { emptyContents } from '../../../src/evaluations/rows/empty-contents.ts'
import type { ItemRow } from '../../../src/evaluations/rows/item-row.ts'
import { finish } from '../../../src/evaluations/summary/finish.ts'
import type { Summary } from '../../../src/evaluations/summary/summary.ts'
import { rowOf, rowOfPairs, runOf } from '../rows.ts'

export const textOf = (report: ReportText): string => [...report].join('')

/** A report of some rows. */
export function reportOf(
  rows: readonly ItemRow[],
  run = runOf(rows.length),
  more: Partial<Summary> = {},
): ReportInput {
  return { summary: { ...finish(rows, run), ...more }, rows: () => rows }
}

/** Two images of a road (0), a car (1) and, in the prediction of the first only, a tree (2). */
export const scored = [
  rowOfPairs(0, [
    [0, 0, 6],
    [1, 1, 2],
    [1, 0, 1],
    [1, 2, 1],
  ]),
  rowOfPairs(1, [
    [0, 0, 3],
    [0, 1, 1],
  ]),
]

/** An item whose prediction could not be read, with what it would hold as an empty one. */
export const failedRow = (index: number, given: Partial<ItemRow> = {}): ItemRow =>
  rowOf(index, {
    status: 'failed',
    problem: { side: 'prediction', code: 'CORRUPT', detail: 'The PNG ends early.' },
    as_empty: emptyContents(rowOfPairs(index, [[0, 0, 4]])),
    ...given,
  })

/** Names that try to be something else: HTML, script, Markdown, XML, formulas, control and bidi characters. */
const hostileNames = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</script><!--',
  ']]>&amp;&#60;',
  '@team #12 | [x](javascript:alert(1)) **b** `code` ```',
  '| a | b |\n|---|---|',
  '=HYPERLINK("http://x")',
  '+1',
  '-1',
  '@SUM(A1)',
  '\tcmd',
  '\rcmd',
  'line\r\nbreak',
  'nul\0byte\x1b[31m',
  'rtl\u202etxt.gpj\u2066',
  'half\ud800pair\uffff\ufffe',
  'zero\u200bwidth\ufeff',
  '\\|`|\\`',
  '',
  ' ',
]

export const hostileText = fc.oneof(
  fc.constantFrom(...hostileNames),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .array(fc.constantFrom('<', '>', '&', '"', "'", '`', '|', '\\', '@', '#', '=', '\n', '\u202e', 'a', ' '))
    .map((chars) => chars.join('')),
)

/** A report in which everything that has a name has this one. */
export function hostileReport(name: string): ReportInput {
  const rows = [
    ...scored.map((row, index) => ({ ...row, key: `${name}${index}`, group: name, by: { camera: name } })),
    failedRow(2, { key: name, problem: { side: 'prediction', code: 'CORRUPT', detail: name } }),
  ].map((row) => ({ ...row, warnings: [{ code: 'ODD', message: name }] }))
  const names = { nameOf: new Map([0, 1, 2].map((label) => [label, name])) }
  const checks = [{ check: name, value: 0.5, limit: 1, result: 'fail' as const, detail: name }]
  const report = reportOf(rows, runOf(3, {}, { names }), {
    checks,
    matching: { rule: 'name', hints: [name] },
  })
  return { ...report, comparison: comparisonNamed(name) }
}

export function comparisonNamed(name: string): Comparison {
  const change = { a: 0.4, b: 0.5, delta: 0.1, interval: [0.05, 0.15], p: 0.00005 } as const
  return {
    a: { name: `${name}a`, fingerprint: { dataset: 'd', options: 'o' } },
    b: { name: `${name}b`, fingerprint: { dataset: 'd', options: 'o' } },
    items: { both: 2, only_a: 1, only_b: 0, failed_a: 0, failed_b: 1 },
    scores: [
      { pointer: '/pooled/mi_loss', ...change, wins: 1, ties: 0, losses: 1, as_empty: { delta: 0.2 } },
      {
        pointer: '/pooled/overlap/mean_iou',
        ...change,
        wins: 1,
        ties: 0,
        losses: 1,
        as_empty: { delta: 0.2 },
      },
    ],
    per_class: [{ label: 1, name, score: 'iou', ...change, p_holm: 0.01 }],
    worst: [{ index: 0, key: name, a: 0.1, b: 0.3, delta: 0.2 }],
    warnings: [{ code: 'ODD', items: 1, first: [name], message: name }],
  }
}
