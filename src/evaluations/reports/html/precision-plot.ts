import { meanOf } from '../../../metrics/detection/average-precision.ts'
import type { DetectionCurves, PrecisionCurve } from '../../../metrics/detection/precision-curves.ts'
import { figure } from '../figure.ts'
import { type Html, html } from './html.ts'
import { unitPlot } from './unit-plot.ts'

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
  return unitPlot({
    title: 'Precision over recall',
    note: 'mean over categories',
    axis: 'recall',
    lines: lines.map(({ title, precision }) => ({
      said: `${title}: AP ${figure(meanOf(precision))}`,
      points: recalls.map((recall, k) => [recall, precision[k]] as const),
    })),
  })
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
