import type { Summary } from '../../summary/summary.ts'
import { figure, grouped } from '../figure.ts'
import { reasonSaid } from '../words.ts'
import { bar } from './bar.ts'
import { className } from './classes-section.ts'
import { type Html, html } from './html.ts'
import { lead, type Section, scrolling } from './section.ts'

const longTable = 40

/** AP and AR of every category of objects with confidences, the lowest AP first, those without a ground truth last. */
export function detectionSection({ pooled, reasons }: Summary): Section | undefined {
  const { detection } = pooled
  if (!detection || detection.per_category.length === 0) return undefined
  const rows = detection.per_category
    .map((of, place) => ({ of, why: reasons[`/pooled/detection/per_category/${place}/ap`] }))
    .sort((a, b) => (a.of.ap ?? 2) - (b.of.ap ?? 2) || a.of.label - b.of.label)
    .map(
      ({ of, why }) =>
        html`<tr><th scope="row">${className(of)}</th>${apCells(of.ap, why)}${ratio(of.ap50)}${ratio(of.ar_100)}</tr>`,
    )
  const table = html`<table class="classes sortable"><thead><tr><th scope="col">category</th><th scope="col" colspan="2">AP</th><th scope="col" class="number">AP50</th><th scope="col" class="number">AR100</th></tr></thead><tbody>${rows}</tbody></table>`
  return {
    id: 'detection',
    title: 'Objects with confidences',
    count: grouped(detection.per_category.length),
    body: html`${lead('AP over the detections of all images, by COCO’s rules; lowest AP first.')}
${scrolling('AP and AR by category', table, rows.length > longTable)}`,
  }
}

function apCells(ap: number | null, why = 'empty_ground_truth'): Html {
  if (ap === null) return html`<td class="soft" colspan="2">none: ${reasonSaid(why)}</td>`
  return html`<td class="picture">${bar({ value: ap, interval: undefined })}</td><td class="number"><b>${figure(ap)}</b></td>`
}

const ratio = (value: number | null): Html =>
  value === null ? html`<td class="number soft">none</td>` : html`<td class="number">${figure(value)}</td>`
