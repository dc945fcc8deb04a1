import { SaxesParser } from 'saxes'
import { expect, it } from 'vitest'
import { badge } from '../../../src/evaluations/reports/badge.ts'
import { runOf } from '../rows.ts'
import { failedRow, reportOf, scored, textOf } from './sample-report.ts'

/** The words of a badge, and the colour behind its value. */
function shown(svg: string) {
  const words: string[] = []
  const fills: string[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'rect' && attributes.fill) fills.push(`${attributes.fill}`)
  })
  parser.on('text', (text) => {
    if (text.trim() !== '') words.push(text.trim())
  })
  parser.write(svg).close()
  return { words: words.slice(1), colour: fills[1] }
}

const check = (result: 'pass' | 'fail' | 'not_computed') => ({
  check: 'mean_iou>=0.5',
  value: 0.4,
  limit: 0.5,
  result,
})

it('shows the pooled loss', () => {
  const { summary } = reportOf(scored)
  const loss = summary.pooled.mi_loss
  expect(shown(textOf(badge(reportOf(scored)))).words).toEqual(['mi_loss', loss?.toFixed(4)])
})

it('says whether the checks hold, and one that was not computed does not', () => {
  const told = (...results: Parameters<typeof check>[0][]) =>
    shown(textOf(badge(reportOf(scored, runOf(2), { checks: results.map(check) }))))
  expect(told('pass').words[1]).toMatch(/, checks pass$/)
  expect(told('pass', 'not_computed', 'fail').words[1]).toMatch(/, 2 of 3 checks fail$/)
  expect(told('pass').colour).not.toBe(told('fail').colour)
})

it('says how many items were not scored, whatever the checks say', () => {
  const rows = [...scored, failedRow(2)]
  const { words, colour } = shown(textOf(badge(reportOf(rows, runOf(3), { checks: [check('pass')] }))))
  expect(words[1]).toMatch(/, 1 of 3 not scored$/)
  expect(colour).not.toBe(
    shown(textOf(badge(reportOf(scored, runOf(2), { checks: [check('pass')] })))).colour,
  )
})
