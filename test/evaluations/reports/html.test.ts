import { hash } from 'node:crypto'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { htmlReport, maxPage } from '../../../src/evaluations/reports/html/html-report.ts'
import { maxItems } from '../../../src/evaluations/reports/html/items-section.ts'
import type { MapRow } from '../../../src/evaluations/rows/map-row.ts'
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

/** The elements of a page in which every element that is not void is closed, and every attribute is quoted. */
function elementsOf(page: string): string[] {
  const parser = new SaxesParser({ fragment: false })
  const names: string[] = []
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => names.push(`${name} ${Object.keys(attributes).join(' ')}`))
  const xml = page
    .replace('<!doctype html>', '')
    .replace(/<(script|style)>.*?<\/\1>/gs, '<$1></$1>')
    .replaceAll(/<(meta|img)\b([^>]*)>/g, '<$1$2/>')
    .replaceAll(' open>', '>')
  parser.write(xml).close()
  return names
}

const pageOf = (...given: Parameters<typeof reportOf>): string => textOf(htmlReport(reportOf(...given)))

/** What a reader sees: the text of the page without its tags. */
const seen = (page: string): string =>
  page
    .replace(/<(script|style)>.*?<\/\1>/gs, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')

describe('report.html', () => {
  it('says first whether the run is complete, with counts', () => {
    const page = seen(pageOf([...scored, failedRow(2), failedRow(3, { status: 'skipped' })]))
    const head = page.slice(0, page.indexOf('Scores below'))
    expect(head).toContain('Incomplete : 2 of 4 items scored, 1 failed, 1 skipped')
    expect(seen(pageOf(scored))).toContain('Complete : 2 of 2 items scored')
  })

  it('shows the scores of the summary', () => {
    const report = reportOf(scored, runOf(2, { intervals: 'summary', replicates: 200 }))
    const page = seen(textOf(htmlReport(report)))
    const { pooled, macro } = report.summary
    for (const value of [pooled.mi_loss, pooled.overlap?.mean_iou, macro.mean_iou.mean, macro.mi_loss.mean])
      expect(page).toContain(value?.toFixed(4))
    expect(page).toContain('no interval: fewer than 5 items or groups')
  })

  it('lists items and classes worst first', () => {
    const page = seen(pageOf(scored))
    expect(page.indexOf('1 item-0001 1.0000')).toBeGreaterThan(0)
    expect(page.indexOf('2 item-0000 ')).toBeGreaterThan(page.indexOf('1 item-0001 1.0000'))
    const classes = page.slice(page.indexOf('lowest IoU first'))
    expect(
      ['2 0.0000', '1 0.4000', '0 0.8182']
        .map((row) => classes.indexOf(row))
        .every((at, k, all) => at > (all[k - 1] ?? 0)),
    ).toBe(true)
  })

  it('shows how labels meet as shares of the ground truth', () => {
    // Of 10 pixels of class 0 nine are found and one is taken for class 1; of 4 pixels of class 1 two, one and one.
    const page = seen(pageOf(scored))
    expect(page).toContain('0 90 10 10')
    expect(page).toContain('1 25 50 25 4')
  })

  it('lists the largest confusions instead of a matrix of more than 30 classes', () => {
    const rows = [
      rowOfPairs(
        0,
        Array.from({ length: 31 }, (_, label) => [label, label === 0 ? 1 : label, 5 + label] as const),
      ),
    ]
    const page = pageOf(rows)
    expect(page).not.toContain('class="matrix"')
    expect(seen(page)).toContain('31 labels are too many for a matrix')
    expect(seen(page)).toContain('0 1 100.0 % 100.0 % 5')
  })

  it('names failed items with their codes, checks, warnings and what changed', () => {
    const checks = [{ check: 'mean_iou>=0.5', value: 0.4, limit: 0.5, result: 'fail' as const }]
    const report = reportOf([...scored, failedRow(2)], runOf(3), { checks })
    const page = seen(textOf(htmlReport({ ...report, comparison: comparisonNamed('run ') })))
    expect(page).toContain('item-0002 prediction CORRUPT The PNG ends early.')
    expect(page).toContain('mean_iou&gt;=0.5 ✕ fail 0.4000')
    expect(page).toContain('ODD')
    expect(page).toContain('run b against run a')
    expect(page).toContain('+0.1000 ▼ worse')
    expect(page).toContain('+0.1000 ▲ better')
  })

  it('marks mean IoU as assumed wherever it stands when nobody said that labels are classes', () => {
    const rows = scored.map((row) => ({ ...row, by: { camera: 'left' }, group: row.key }))
    const report = reportOf(rows, runOf(2, {}, { labels: 'undecided' }))
    const comparison = { ...comparisonNamed('x'), warnings: report.summary.warnings }
    const png = new Uint8Array([1])
    const pictures = new Map([[0, { png, width: 1, height: 1 }]])
    const page = seen(textOf(htmlReport({ ...report, comparison, pictures })))
    const shown = [...page.matchAll(/mean iou(.{12})/gi)].map(([, after]) => after)
    expect(shown.length).toBeGreaterThan(6)
    expect(shown.filter((after) => !/assumed|, pooled|, mean over| 0\.\d{4} \(a/.test(after))).toEqual([])
  })

  it('tells hints of the matching whole, and what was passed over in words', () => {
    const hint = `${'These items may depend on each other. '.repeat(6)}Say so with --match-gt '{group}_*'.`
    const junk = { ground_truth: { photo: 2 }, prediction: {} }
    const page = seen(textOf(htmlReport(reportOf(scored, undefined, { matching: { hints: [hint], junk } }))))
    expect(page).toContain('Say so with --match-gt &#39;{group}_*&#39;.')
    expect(page).toContain('junk ground truth: photo: 2')
  })

  it('names the reason of a null, and never shows it as 0', () => {
    const page = seen(pageOf(scored, runOf(2, {}, { labels: 'objects' })))
    expect(page).toContain('Mean IoU pooled · higher is better none labels number objects, not classes')
    const undefinedLoss = {
      ...scored[0],
      scores: { mi_loss: null },
      reasons: { mi_loss: 'no_pixels' as const },
    }
    expect(seen(pageOf([undefinedLoss]))).toContain('none: no pixel was counted')
  })

  it('shows the classes of probability maps, the lowest Dice first, and accuracy over confidence', () => {
    const maps: MapRow = {
      soft: {
        coupling: 'unique',
        entropies: [0.5, 0.5, 1],
        zero_at_truth: 0,
        // Dice 2 · 6 / (10 + 10) and 2 · 1 / (2 + 2).
        classes: [
          [0, 10, 10, 6, 10, 8, 6],
          [1, 2, 2, 1, 2, 1.5, 1],
        ],
      },
      bins: [[null, 14, 10, 9.5, 8]],
      steps: [
        [1, 51, 0, 8],
        [1, 204, 2, 0],
      ],
    }
    const row = {
      ...scored[0],
      maps,
      scores: { ...scored[0].scores, log_loss: 0.25, brier: 0.125, js: 0.5 },
    }
    const options = { families: ['overlap', 'soft', 'calibration', 'thresholds'] }
    const report = reportOf([row], runOf(1, {}, { options }))
    const page = textOf(htmlReport(report))
    expect(elementsOf(page).length).toBeGreaterThan(100)
    const text = seen(page)
    expect(text).toContain('Log loss pooled · lower is better 0.2500')
    expect(text).toContain('Soft MI loss pooled · lower is better 0.5000')
    const section = text.slice(text.indexOf('Dice of probabilities'))
    // Class 1 with the threshold 204/255 that finds both of its pixels; class 0 has no threshold.
    expect(section.indexOf('1 0.5000')).toBeGreaterThan(0)
    expect(section.indexOf('0 0.6000')).toBeGreaterThan(section.indexOf('1 0.5000'))
    expect(section).toMatch(/1 0\.5000 0\.5714 0\.3333 1\.0000 0\.2039/)
    expect(page).toContain(
      'aria-label="Accuracy over confidence. the maps: calibration error 0.1500; as sure as right"',
    )
  })

  it('shows the lesions of each group, with Dice and HD95 by the rules of BraTS', () => {
    const lesions = {
      lesions_of_ET: 4,
      lesions_predicted_of_ET: 4,
      lesions_detected_of_ET: 3,
      lesions_false_of_ET: 1,
      lesion_mean_dice_of_ET: 0.5,
      lesion_mean_dice: 0.5,
      lesion_mean_hausdorff_95_of_ET: 80.5,
    }
    const row = { ...scored[0], scores: { ...scored[0].scores, ...lesions } }
    const options = { families: ['overlap', 'lesions'], groups: { ET: [3] } }
    const page = textOf(htmlReport(reportOf([row], runOf(1, {}, { options }))))
    expect(elementsOf(page).length).toBeGreaterThan(100)
    expect(seen(page)).toMatch(/Lesions 4 Counted over all images/)
    expect(seen(page)).toContain('ET 0.7500 0.7500 0.7500 4 3 1 1 0.5000 80.50')
  })

  it('has no section of lesions or maps where nobody asked for them', () => {
    expect(pageOf(scored)).not.toMatch(/id="(lesions|maps)"/)
  })

  it('is a page of a run in which nothing was scored', () => {
    expect(seen(pageOf([failedRow(0)]))).toContain('Incomplete : 0 of 1 items scored, 1 failed')
    expect(seen(pageOf([]))).toContain('0 of 0 items scored')
  })

  it('has the same elements whatever the names', () => {
    const plain = elementsOf(textOf(htmlReport(hostileReport('name'))))
    expect(plain.length).toBeGreaterThan(200)
    fc.assert(
      fc.property(hostileText, (name) => {
        expect(elementsOf(textOf(htmlReport(hostileReport(name))))).toEqual(plain)
      }),
      { numRuns: 50 },
    )
  })

  it('allows its own style and script alone, by their hashes, and no style in an attribute', () => {
    const page = pageOf(scored)
    const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? []
    for (const element of ['style', 'script']) {
      const [, text, ...others] = new RegExp(`<${element}>(.*?)</${element}>`, 's').exec(page) ?? []
      expect(others).toEqual([])
      expect(policy).toContain(`${element}-src 'sha256-${hash('sha256', text ?? '', 'base64')}'`)
    }
    expect(policy).toMatch(/^default-src 'none';.* img-src data:/)
    expect(page).not.toMatch(/ (style|on\w+)="/)
    expect(page).not.toMatch(/(src|href)="(?!#|data:image\/png;base64,)/)
  })

  it('is the same bytes for the same run', () => {
    const report = hostileReport('name')
    expect(textOf(htmlReport(report))).toBe(textOf(htmlReport(report)))
  })

  it('stays below 8 MB with 100,000 items, long names and large pictures, and says what it left out', () => {
    const key = '<&"\u{e0001}𝕏'.repeat(60)
    const row = { ...scored[0], warnings: [{ code: key, message: key }], by: { [key]: key } }
    const { summary } = reportOf(scored.map((of) => ({ ...of, warnings: row.warnings, by: row.by })))
    function* rows() {
      for (let index = 0; index < 100_000; index++) yield { ...row, index, key: `${key}${index}` }
    }
    const items = { ...summary.items, scored: 100_000, total: 100_000 }
    const picture = { png: new Uint8Array(300_000), width: 320, height: 240 }
    const pictures = new Map(Array.from({ length: 48 }, (_, index) => [index, picture]))
    const page = textOf(htmlReport({ summary: { ...summary, items }, rows, pictures }))
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(maxPage)
    expect(page.split('<img ').length - 1).toBeGreaterThan(2)
    expect(seen(page)).toMatch(/\d+ pictures are left out/)
    expect(seen(page)).toContain('the worst 2,000 of 100,000; items.ndjson holds all')
    // A run that writes report.html alone has no table beside it.
    expect(seen(page)).not.toContain('.csv')
    expect(maxItems).toBe(2000)
  })
})
