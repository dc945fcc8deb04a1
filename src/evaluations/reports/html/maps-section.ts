import type { Summary } from '../../summary/summary.ts'
import { figure, grouped } from '../figure.ts'
import { className } from './classes-section.ts'
import { type Html, html } from './html.ts'
import { numberCell, scoreCells } from './score-cells.ts'
import { lead, type Section, scrolling } from './section.ts'
import { unitPlot } from './unit-plot.ts'

type Soft = NonNullable<Summary['pooled']['soft']>
type Calibration = NonNullable<Summary['pooled']['calibration']>

const longTable = 40

/**
 * Probability maps over all images: how far masses of each class cover each other and which threshold is best for it, the
 * lowest Dice first; and accuracy over confidence.
 */
export function mapsSection(summary: Summary): Section | undefined {
  const { soft, calibration } = summary.pooled
  const plot = calibration ? reliabilityPlot(calibration) : undefined
  const rows = soft?.per_class.length ?? 0
  const table =
    soft && rows > 0
      ? scrolling('Scores of probability maps by class', classTable(summary, soft), rows > longTable)
      : undefined
  if (!plot && !table) return undefined
  return {
    id: 'maps',
    title: 'Probability maps',
    count: soft ? grouped(soft.classes) : undefined,
    body: html`${lead('Over the pixels of all images; lowest Dice first. The threshold is the one that would have been best for all images together.')}
${plot && html`<div class="plots">${plot}</div>`}
${table}`,
  }
}

function classTable(summary: Summary, { per_class }: Soft): Html {
  const thresholdOf = new Map(summary.pooled.thresholds?.per_class.map((row) => [row.label, row]))
  const rows = per_class
    .map((of, place) => ({ of, pointer: `/pooled/soft/per_class/${place}/dice_linear` }))
    .sort((a, b) => (a.of.dice_linear ?? 2) - (b.of.dice_linear ?? 2) || a.of.label - b.of.label)
    .map(({ of, pointer }) => {
      const best = thresholdOf.get(of.label)
      const others = [of.dice_squared, of.iou_product, best?.best_iou, best?.best_iou_threshold]
      return html`<tr><th scope="row">${className(of)}</th>${scoreCells(of.dice_linear, pointer, summary)}${others.map(numberCell)}</tr>`
    })
  const heads = ['Dice, squared', 'IoU', 'best IoU', 'at threshold']
  return html`<table class="classes sortable"><thead><tr><th scope="col">class</th><th scope="col" colspan="2">Dice of probabilities</th>${heads.map((head) => html`<th scope="col" class="number">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`
}

/** Undefined where no pixel has a confidence, as of independent channels. */
function reliabilityPlot({ reliability, ece }: Calibration): Html | undefined {
  const points = reliability.flatMap(({ confidence, accuracy }) =>
    confidence === null || accuracy === null ? [] : [[confidence, accuracy] as const],
  )
  if (points.length === 0 || ece === null) return undefined
  return unitPlot({
    title: 'Accuracy over confidence',
    note: 'of the most probable class',
    axis: 'confidence',
    lines: [
      { said: `the maps: calibration error ${figure(ece)}`, points },
      {
        said: 'as sure as right',
        points: [
          [0, 0],
          [1, 1],
        ],
      },
    ],
  })
}
