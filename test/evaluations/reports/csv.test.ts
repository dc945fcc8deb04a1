import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classesCsv } from '../../../src/evaluations/reports/csv/classes-csv.ts'
import { csvLine } from '../../../src/evaluations/reports/csv/csv-line.ts'
import { itemsCsv } from '../../../src/evaluations/reports/csv/items-csv.ts'
import { runOf } from '../rows.ts'
import { failedRow, hostileReport, hostileText, reportOf, scored, textOf } from './sample-report.ts'

/** A reader of RFC 4180. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [[]]
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  while (field.lastIndex < text.length) {
    const found = field.exec(text)
    if (!found) throw new Error(`no field at the end of ${text.slice(-40)}`)
    const [, quoted, plain, end] = found
    records.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === '\r\n' && field.lastIndex < text.length) records.push([])
  }
  return records
}

function table(text: string): Record<string, string>[] {
  const [header, ...records] = parseCsv(text)
  return records.map((record) => Object.fromEntries(header.map((name, k) => [name, record[k]])))
}

describe('items.csv', () => {
  it('holds every item with its exact scores', () => {
    const rows = table(textOf(itemsCsv(reportOf([...scored, failedRow(2)]))))
    expect(rows.map(({ key, status }) => [key, status])).toEqual([
      ['item-0000', 'scored'],
      ['item-0001', 'scored'],
      ['item-0002', 'failed'],
    ])
    expect(rows.slice(0, 2).map(({ mi_loss }) => Number(mi_loss))).toEqual(
      scored.map(({ scores }) => scores.mi_loss),
    )
    expect(rows[2]).toMatchObject({
      mi_loss: '',
      problem_code: 'CORRUPT',
      problem_detail: 'The PNG ends early.',
    })
  })

  it('leaves an undefined score empty and names the reason', () => {
    const row = { ...scored[0], scores: { ari: null, mi_loss: 0 }, reasons: { ari: 'budget' as const } }
    expect(table(textOf(itemsCsv(reportOf([row]))))[0]).toMatchObject({
      ari: '',
      mi_loss: '0',
      undefined: 'ari: budget',
    })
  })

  it('has a column for each column of the manifest', () => {
    const rows = scored.map((row) => ({ ...row, by: { camera: 'left', 'a,b': 'x' } }))
    expect(table(textOf(itemsCsv(reportOf(rows))))[0]).toMatchObject({ 'by.camera': 'left', 'by.a,b': 'x' })
  })
})

describe('classes.csv', () => {
  it('holds a line for each class of each item', () => {
    const names = { nameOf: new Map([[0, 'road']]) }
    const rows = table(textOf(classesCsv(reportOf([...scored, failedRow(2)], runOf(3, {}, { names })))))
    expect(
      rows.map(({ index, label, name, tp, fp, fn }) => [index, label, name, tp, fp, fn].join(' ')),
    ).toEqual(['0 0 road 6 1 0', '0 1  2 0 2', '0 2  0 1 0', '1 0 road 3 0 1', '1 1  0 1 0'])
    expect(Number(rows[0].iou)).toBe(6 / 7)
    expect(Number(rows[0].dice)).toBe(12 / 13)
  })

  it('has no line where labels are no classes', () => {
    const report = reportOf(scored, runOf(2, {}, { labels: 'objects' }))
    expect(textOf(classesCsv(report)).trim().split('\r\n')).toHaveLength(1)
  })
})

describe('a cell of a CSV', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1'])('of the text %s is no formula', (text) => {
    expect(csvLine([text, -1])).toBe(`'${text},-1\r\n`)
  })

  it('holds any text, and never begins a formula, whatever the name', () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        for (const write of [itemsCsv, classesCsv]) {
          const [header, ...records] = parseCsv(textOf(write(hostileReport(name))))
          for (const record of records) {
            expect(record).toHaveLength(header.length)
            for (const cell of record)
              if (!/^-?[\d.e+-]*$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
          }
        }
      }),
      { numRuns: 50 },
    )
  })
})
