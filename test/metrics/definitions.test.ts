import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { boundary } from '../../src/metrics/boundary/boundary.ts'
import { information } from '../../src/metrics/information/information.ts'
import { miLoss } from '../../src/metrics/information/mi-loss.ts'
import { overlap } from '../../src/metrics/overlap/overlap.ts'
import { pairs } from '../../src/metrics/pairs/pairs.ts'
import { regions } from '../../src/metrics/regions/regions.ts'
import { tableWarnings } from '../../src/scoring/scores/table-warnings.ts'
import { tableOfLabels } from './tables.ts'

const page = readFileSync(new URL('../../docs/definitions.md', import.meta.url), 'utf8')

/** The rows of the table under this heading cell, as objects by column. */
function tableUnder(firstHeading: string): Record<string, string>[] {
  const lines = page.split('\n')
  const start = lines.findIndex((line) => line.startsWith(`| ${firstHeading} |`))
  const cells = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
  const headings = cells(lines[start])
  const rows = lines.slice(start + 2)
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) => Object.fromEntries(cells(line).map((cell, k) => [headings[k], cell])))
}

const labelsOf = (cell: string): number[] => Array.from(cell.replaceAll(/[^0-9]/g, ''), Number)
/** As printed: at most four decimals. */
const printed = (value: unknown): string => String(Number((value as number).toFixed(4)))

/** Σ Σ p(x,y) log₂(p(x,y) / (q(x) q(y))), from the labels and by the letter. */
function foundingFormula(x: readonly number[], y: readonly number[]): number {
  const share = (match: (k: number) => boolean) => x.filter((_, k) => match(k)).length / x.length
  let sum = 0
  for (const i of new Set(x))
    for (const j of new Set(y)) {
      const both = share((k) => x[k] === i && y[k] === j)
      if (both === 0) continue
      sum += both * Math.log2(both / (share((k) => x[k] === i) * share((k) => y[k] === j)))
    }
  return sum
}

describe('the table of docs/definitions.md', () => {
  const rows = tableUnder('masks')

  it('has the cases that the text speaks of', () => {
    const cases = rows.map((row) => row.masks)
    expect(cases).toEqual(
      expect.arrayContaining(['half planes at right angles', 'identical', 'labels renamed', 'object missed']),
    )
  })

  it.each(rows)('$masks', (row) => {
    const groundTruth = labelsOf(row['ground truth'])
    const prediction = labelsOf(row.prediction)
    expect([groundTruth.length, prediction.length]).toEqual([16, 16])
    const table = tableOfLabels(groundTruth, prediction)
    const { mi, h_ground_truth } = information(table, { logBase: 2 })
    const { mi_loss, mi_loss_split, mi_loss_merge } = miLoss(table)
    const { mean_iou, pixel_accuracy } = overlap(table)
    expect(mi).toBeCloseTo(foundingFormula(groundTruth, prediction), 14)
    expect(row).toMatchObject({
      'MI by the formula': printed(mi),
      'H(X)': printed(h_ground_truth),
      mi_loss: printed(mi_loss),
      mi_loss_split: printed(mi_loss_split),
      mi_loss_merge: printed(mi_loss_merge),
      mean_iou: printed(mean_iou),
      pixel_accuracy: printed(pixel_accuracy),
      warnings: tableWarnings(table, { families: ['overlap'], background: 0 })
        .map(({ code }) => code)
        .join(', '),
    })
  })
})

/** What the table says of each score, computed here, and the figure of the others by their formula. */
const compared: Readonly<
  Record<string, (x: number[], y: number[]) => readonly [here: unknown, elsewhere: number]>
> = {
  '`gce`': (x, y) => {
    const many = (a: number, b: number) => x.filter((label, k) => label === a && y[k] === b).length
    const [tp, fp, fn, tn] = [many(1, 1), many(0, 1), many(1, 0), many(0, 0)]
    const error = (wrong: number, right: number, whole: number) => (wrong * (wrong + 2 * right)) / whole
    const there = error(fn, tp, tp + fn) + error(fp, tn, tn + fp)
    const back = error(fp, tp, tp + fp) + error(fn, tn, tn + fn)
    return [regions(tableOfLabels(x, y)).gce, Math.min(there, back) / x.length]
  },
  '`cremi_score`': (x, y) => {
    const table = tableOfLabels(x, y)
    const { vi_split, vi_merge } = information(table, { logBase: 2 })
    const { cremi_score } = pairs(table)
    const error = (cremi_score as number) ** 2 / ((vi_split as number) + (vi_merge as number))
    return [cremi_score, ((vi_split as number) + (vi_merge as number) + error) / 3]
  },
  // Pooled: 0 six times, 1 and 2, of which the 95th percentile lies 0.65 of the way from 1 to 2.
  '`hausdorff_95`': (x, y) => [boundaryOf(x, y).hausdorff_95, 1 + 0.65],
  '`assd`': (x, y) => [boundaryOf(x, y).assd, boundaryOf(x, y).masd as number],
  '`mean_iou` of class 1': (x, y) => {
    const isKept = (_: number, k: number) => x[k] !== 0
    const ignored = overlap(tableOfLabels(x.filter(isKept), y.filter(isKept)), { voidLabels: new Set([0]) })
    const classes = [{ label: 1, name: 'one' }]
    return [overlap(tableOfLabels(x, y), { classes }).mean_iou, ignored.mean_iou as number]
  },
}

const lineOf = (labels: readonly number[]) => ({
  width: labels.length,
  height: 1,
  depth: 1,
  labels: Uint8Array.from(labels),
})
const boundaryOf = (x: readonly number[], y: readonly number[]) =>
  boundary(lineOf(x), lineOf(y), { spacing: [1, 1], tolerances: [1], surface: 'pixel', labels: [1] })
    .per_label[0]

describe('the table of numbers that others print under the same name', () => {
  const rows = tableUnder('example')

  it('has every score that is compared here', () => {
    expect(rows.map(({ example }) => example)).toEqual(Object.keys(compared))
  })

  it.each(rows)('$example', (row) => {
    const [here, elsewhere] = compared[row.example](labelsOf(row['ground truth']), labelsOf(row.prediction))
    expect([printed(here), printed(elsewhere)]).toEqual([row.here, row.elsewhere])
  })
})
