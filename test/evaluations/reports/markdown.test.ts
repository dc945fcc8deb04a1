import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markdownReport, maxMarkdown } from '../../../src/evaluations/reports/markdown/markdown-report.ts'
import { rowOfPairs, runOf } from '../rows.ts'
import {
  comparisonNamed,
  failedRow,
  hostileReport,
  hostileText,
  reportOf,
  scored,
  textOf,
} from './sample-report.ts'

describe('report.md', () => {
  it('says first whether the run is complete, with counts', () => {
    const text = textOf(
      markdownReport(reportOf([...scored, failedRow(2), failedRow(3, { status: 'skipped' })])),
    )
    expect(text).toMatch(/^## INCOMPLETE: 2 of 4 items scored, 1 failed, 1 skipped\n/)
    expect(textOf(markdownReport(reportOf(scored)))).toMatch(/^## Complete: 2 of 2 items scored\n/)
  })

  it('shows pooled and mean scores of the summary, the worst items and what failed', () => {
    const report = reportOf([...scored, failedRow(2)])
    const text = textOf(markdownReport(report))
    const { mean_iou } = report.summary.pooled.overlap ?? {}
    expect(text).toContain(`| Mean IoU | pooled | ${mean_iou?.toFixed(4)} |`)
    expect(text).toContain(
      `| Mean IoU | mean over images | ${report.summary.macro.mean_iou.mean?.toFixed(4)} |`,
    )
    expect(text).toContain('- `item-0001`: MI loss ')
    expect(text).toContain('- `item-0002`: prediction, `CORRUPT`: `The PNG ends early.`')
  })

  it('marks mean IoU as assumed wherever it stands when nobody said that labels are classes', () => {
    const report = reportOf(scored, runOf(2, {}, { labels: 'undecided' }))
    const comparison = { ...comparisonNamed('x'), warnings: report.summary.warnings }
    const lines = textOf(markdownReport({ ...report, comparison })).split('\n')
    const shown = lines.filter((line) => /mean iou/i.test(line))
    expect(shown.length).toBeGreaterThan(4)
    expect(shown.filter((line) => !line.includes('(assumed)'))).toEqual([])
  })

  it('names the reason of a null, and never shows it as 0', () => {
    const text = textOf(markdownReport(reportOf(scored, runOf(2, {}, { labels: 'objects' }))))
    expect(text).toContain('| Mean IoU | pooled | none: labels number objects, not classes |')
  })

  it('shows what changed since the compared run', () => {
    const text = textOf(markdownReport({ ...reportOf(scored), comparison: comparisonNamed('run ') }))
    expect(text).toContain('### What changed: `run b` against `run a`')
    expect(text).toContain(
      '| MI loss, pooled | 0.4000 | 0.5000 | +0.1000 | [0.0500, 0.1500] | <0.0001 | 1 / 0 / 1 |',
    )
  })

  it('stays below its limit with long names, and says what it cut', () => {
    const rows = Array.from({ length: 3000 }, (_, index) =>
      failedRow(index, {
        key: `${'`|'.repeat(200)}${index}`,
        warnings: [{ code: `W${index}`, message: '|'.repeat(5000) }],
      }),
    )
    const checks = rows.map(({ key }) => ({ check: key, value: null, limit: 0, result: 'fail' as const }))
    const text = textOf(
      markdownReport(reportOf([...rows, rowOfPairs(3000, [[0, 0, 1]])], runOf(3001), { checks })),
    )
    expect(text.length).toBeLessThanOrEqual(maxMarkdown)
    expect(text).toMatch(/- … and \d+ more/)
  })

  it('holds no HTML, link, mention or issue number outside of code, whatever the names', () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const code = /(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g
        const figures = /[<>][+-]?0\.0001|[<>]-?0\.9999|\[[-<>\d., ]+\]/g
        const outside = textOf(markdownReport(hostileReport(name)))
          .replace(code, '')
          .replace(figures, '')
        expect(outside).not.toMatch(/[<>@\]]|#\d(?!24;)/)
      }),
    )
  })
})
