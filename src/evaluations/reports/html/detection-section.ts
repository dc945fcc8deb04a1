import { precisionCurves } from '../../../metrics/detection/precision-curves.ts'
import { UndefinedScore } from '../../../metrics/numbers/undefined-score.ts'
import { detectionOptions } from '../../../scoring/request/detection-options.ts'
import type { Summary } from '../../summary/summary.ts'
import { figure, grouped } from '../figure.ts'
import { reasonSaid } from '../words.ts'
import { bar } from './bar.ts'
import { className } from './classes-section.ts'
import type { GatheredRows } from './gather.ts'
import { type Html, html } from './html.ts'
import { precisionPlot, smallCurve } from './precision-plot.ts'
import { numberCell } from './score-cells.ts'
import { lead, type Section, scrolling } from './section.ts'

const longTable = 40
/** Most categories whose curve is drawn, those of the lowest AP. */
const maxCurves = 500

/**
 * Precision over recall, and AP and AR of every category of objects with confidences, the lowest AP first, those without a
 * ground truth last.
 */
export function detectionSection({ detections }: GatheredRows, summary: Summary): Section | undefined {
  const { pooled, reasons, options } = summary
  const { detection } = pooled
  if (!detection || detection.per_category.length === 0) return undefined
  const found = precisionCurves(detections.lists, detectionOptions.parse(options.detection).thresholds)
  const curves = found instanceof UndefinedScore ? undefined : found
  const curveOf = new Map(curves?.per_category.map((curve) => [curve.category, curve]))
  const rows = detection.per_category
    .map((of, place) => ({ of, why: reasons[`/pooled/detection/per_category/${place}/ap`] }))
    .sort((a, b) => (a.of.ap ?? 2) - (b.of.ap ?? 2) || a.of.label - b.of.label)
    .map(({ of, why }, rank) => {
      const curve = rank < maxCurves ? curveOf.get(of.label) : undefined
      return html`<tr><th scope="row">${className(of)}</th>${apCells(of.ap, why)}${numberCell(of.ap50)}${numberCell(of.ar_100)}<td class="picture">${curve && smallCurve(curve)}</td></tr>`
    })
  const iou = curves?.per_category[0]?.iou
  const head = `precision over recall${iou === undefined ? '' : ` at IoU ${iou}`}`
  const table = html`<table class="classes sortable"><thead><tr><th scope="col">category</th><th scope="col" colspan="2">AP</th><th scope="col" class="number">AP50</th><th scope="col" class="number">AR100</th><th scope="col">${head}</th></tr></thead><tbody>${rows}</tbody></table>`
  return {
    id: 'detection',
    title: 'Objects with confidences',
    count: grouped(detection.per_category.length),
    body: html`${lead('AP over the detections of all images, by COCO’s rules; lowest AP first.')}
${curves && html`<div class="plots">${precisionPlot(curves)}</div>`}
${scrolling('AP and AR by category', table, rows.length > longTable)}`,
  }
}

function apCells(ap: number | null, why = 'empty_ground_truth'): Html {
  if (ap === null) return html`<td class="soft" colspan="2">none: ${reasonSaid(why)}</td>`
  return html`<td class="picture">${bar({ value: ap, interval: undefined })}</td><td class="number"><b>${figure(ap)}</b></td>`
}
