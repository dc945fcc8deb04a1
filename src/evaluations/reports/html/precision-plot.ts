import { meanOf } from '../../../metrics/detection/average-precision.ts'
import type { DetectionCurves, PrecisionCurve } from '../../../metrics/detection/precision-curves.ts'
import { figure } from '../figure.ts'
import { type Html, html } from './html.ts'

const [width, height] = [360, 220]
const [left, right, top, bottom] = [28, 8, 8, 30]
/** IoU thresholds that have a line of their own. */
const ownLines = [0.5, 0.75]

/** Precision over recall, the mean over categories: at the usual thresholds, and the mean over all of them. */
export function precisionPlot({
  recalls,
  thresholds,
}: Pick<DetectionCurves, 'recalls' | 'thresholds'>): Html {
  const lines = [
    ...thresholds
      .filter(({ iou }) => ownLines.includes(iou) || thresholds.length === 1)
      .map(({ iou, precision }) => ({ title: `IoU ${iou}`, precision })),
    ...(thresholds.length > 1
      ? [{ title: `mean of ${thresholds.length} IoU thresholds`, precision: meanCurve(recalls, thresholds) }]
      : []),
  ]
  const x = (recall: number) => round(left + recall * (width - left - right))
  const y = (precision: number) => round(height - bottom - precision * (height - top - bottom))
  const points = (precision: readonly number[]) =>
    recalls.map((recall, k) => `${x(recall)},${y(precision[k])}`).join(' ')
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (tick) =>
      html`<line class="rule" x1="${x(0)}" x2="${x(1)}" y1="${y(tick)}" y2="${y(tick)}"/><text x="${left - 5}" y="${y(tick) + 3}" text-anchor="end">${tick}</text><text x="${x(tick)}" y="${height - bottom + 13}" text-anchor="middle">${tick}</text>`,
  )
  const said = lines.map(({ title, precision }) => `${title}: AP ${figure(meanOf(precision))}`)
  return html`<figure class="plot"><figcaption><b>Precision over recall</b> <span class="soft">mean over categories</span></figcaption>
<svg class="curves" viewBox="0 0 ${width} ${height}" role="img" aria-label="Precision over recall. ${said.join('; ')}"><g class="ticks">${grid}<text x="${x(0.5)}" y="${height - 3}" text-anchor="middle">recall</text></g>${lines.map(({ precision }, k) => html`<polyline class="line${k + 1}" points="${points(precision)}"/>`)}</svg>
<ul class="strokes">${said.map((text, k) => html`<li><svg class="curves" viewBox="0 0 28 8" aria-hidden="true"><polyline class="line${k + 1}" points="0,4 28,4"/></svg>${text}</li>`)}</ul></figure>`
}

/** The curve of one category, small enough for a cell of a table. */
export function smallCurve({ precision }: Pick<PrecisionCurve, 'precision'>): Html {
  const last = precision.length - 1
  const points = precision.map((value, k) => `${round((100 * k) / last)},${round(23 - 22 * value)}`)
  return html`<svg class="curves small" viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true"><line class="rule" x1="0" x2="100" y1="23" y2="23"/><polyline class="line1" points="${points.join(' ')}"/></svg>`
}

const meanCurve = (recalls: readonly number[], thresholds: readonly PrecisionCurve[]): number[] =>
  recalls.map((_, k) => meanOf(thresholds.map(({ precision }) => precision[k])))

const round = (value: number): number => Math.round(10 * value) / 10
