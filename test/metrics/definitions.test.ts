import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { information } from '../../src/metrics/information/information.ts'
import { miLoss } from '../../src/metrics/information/mi-loss.ts'
import { overlap } from '../../src/metrics/overlap/overlap.ts'
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
      warnings: tableWarnings(table, 0)
        .map(({ code }) => code)
        .join(', '),
    })
  })
})
