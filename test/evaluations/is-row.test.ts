import { describe, expect, it } from 'vitest'
import { isRow } from '../../src/evaluations/rows/is-row.ts'
import { failedRow, scored } from './reports/sample-report.ts'

describe('a row that is read from a file', () => {
  it('is one when a run wrote it', () => {
    for (const row of [...scored, failedRow(2)]) expect(isRow(JSON.parse(JSON.stringify(row)))).toBe(true)
  })

  it.each([
    ['null', null],
    ['a text', 'row'],
    ['no key', { ...scored[0], key: undefined }],
    ['another status', { ...scored[0], status: 'done' }],
    ['no pixels', { ...scored[0], pixels: null }],
    ['pixels that are no number', { ...scored[0], pixels: { counted: '9' } }],
    ['scores that are none', { ...scored[0], scores: 1 }],
    ['a class that is none', { ...scored[0], classes: [null] }],
    ['a joint table that is none', { ...scored[0], joint: { 0: [1, 1, 1] } }],
    ['an empty prediction that is none', { ...failedRow(2), as_empty: [] }],
  ])('is none when it is damaged: %s', (_, row) => {
    expect(isRow(row)).toBe(false)
  })
})
