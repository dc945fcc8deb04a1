import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { junitReport } from '../../../src/evaluations/reports/junit.ts'
import { runOf } from '../rows.ts'
import { failedRow, hostileReport, hostileText, reportOf, scored, textOf } from './sample-report.ts'

interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

/** The elements of a well-formed document. */
function elementsOf(xml: string): Element[] {
  const parser = new SaxesParser()
  const elements: Element[] = []
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) =>
    elements.push({ name, attributes: attributes as Record<string, string> }),
  )
  parser.write(xml).close()
  return elements
}

describe('junit.xml', () => {
  it('has a case for each check and each failed or skipped item, counted in its suites', () => {
    const rows = [...scored, failedRow(2), failedRow(3, { status: 'skipped' })]
    const checks = [
      { check: 'mean_iou>=0.5', value: 0.4, limit: 0.5, result: 'fail' as const },
      { check: 'mi_loss<0.9', value: 0.4, limit: 0.9, result: 'pass' as const },
      { check: 'pq>0', value: null, limit: 0, result: 'not_computed' as const, detail: 'No instances.' },
    ]
    const elements = elementsOf(textOf(junitReport(reportOf(rows, runOf(4), { checks }))))
    const all = elements.find(({ name }) => name === 'testsuites')
    expect(all?.attributes).toMatchObject({ tests: '6', failures: '2', errors: '1', skipped: '1' })
    const outcomes = elements.slice(1).filter(({ name }) => name !== 'testsuite')
    expect(outcomes.map(({ name, attributes }) => [name, attributes.name ?? attributes.message])).toEqual([
      ['testcase', '2 of 4 items were scored'],
      ['testcase', 'item-0002'],
      ['error', 'prediction: CORRUPT: The PNG ends early.'],
      ['testcase', 'item-0003'],
      ['skipped', 'prediction: CORRUPT: The PNG ends early.'],
      ['testcase', 'mean_iou>=0.5'],
      ['failure', 'fail: the value is 0.4000'],
      ['testcase', 'mi_loss<0.9'],
      ['testcase', 'pq>0'],
      ['failure', 'not_computed. No instances.'],
    ])
  })

  it('is never without a case', () => {
    expect(
      elementsOf(textOf(junitReport(reportOf(scored)))).filter(({ name }) => name === 'testcase'),
    ).toHaveLength(1)
  })

  it('is well-formed whatever the names', () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const elements = elementsOf(textOf(junitReport(hostileReport(name))))
        expect(elements.map((element) => element.name)).toEqual([
          ...['testsuites', 'testsuite', 'testcase', 'testcase', 'error', 'testsuite', 'testcase', 'failure'],
        ])
      }),
    )
  })
})
