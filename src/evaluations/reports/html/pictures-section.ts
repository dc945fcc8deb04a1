import { isAssumed } from '../../checks/check-names.ts'
import type { Summary } from '../../summary/summary.ts'
import { figure, grouped } from '../figure.ts'
import type { ReportInput } from '../report-input.ts'
import type { GatheredRows } from './gather.ts'
import { type Html, html } from './html.ts'
import { lead, type Section } from './section.ts'
import { shownKey, shownName } from './shown-name.ts'

const openAtFirst = 12

/**
 * Pictures of the worst items, as many as there is room for.
 * @param room bytes that they may take in the page
 */
export function picturesSection(
  { worst }: GatheredRows,
  { pictures, summary }: ReportInput,
  room: number,
): Section | undefined {
  const figures: Html[] = []
  let left = room
  let withoutRoom = 0
  for (const [rank, row] of worst.entries()) {
    const picture = pictures?.get(row.index)
    if (!picture) continue
    const shown = html`<figure><img src="data:image/png;base64,${Buffer.from(picture.png).toString('base64')}" width="${picture.width}" height="${picture.height}" alt="Where the masks of ${shownName(row.key)} differ" loading="lazy" decoding="async"><figcaption>${shownKey(row.key)}${captionOf(row.scores, rank, summary)}</figcaption></figure>`
    left -= shown.text.length
    if (left >= 0) figures.push(shown)
    else withoutRoom++
  }
  if (figures.length === 0) return undefined
  const rest = figures.slice(openAtFirst)
  return {
    id: 'pictures',
    title: 'Worst images',
    count: grouped(figures.length),
    body: html`${lead('Where prediction and ground truth differ, the largest MI loss first.')}
<ul class="key"><li class="missing">missing: in the ground truth only</li><li class="extra">extra: in the prediction only</li><li class="confused">confused: another label</li></ul>
<div class="pictures">${figures.slice(0, openAtFirst)}</div>
${rest.length > 0 ? html`<details><summary>${grouped(rest.length)} more</summary><div class="pictures">${rest}</div></details>` : undefined}
${withoutRoom > 0 ? html`<p class="rest">${grouped(withoutRoom)} pictures are left out, because the page would be too large.</p>` : undefined}`,
  }
}

function captionOf(scores: Readonly<Record<string, number | null>>, rank: number, summary: Summary): Html {
  const { mi_loss: loss = null, mean_iou: iou } = scores
  const shown = (value: number | null) => (value === null ? 'none' : figure(value))
  const assumed = isAssumed('/macro/mean_iou/mean', summary) ? ' (assumed)' : ''
  return html`<span class="soft">${rank + 1}. · MI loss ${shown(loss)}${iou === undefined ? '' : ` · mean IoU ${shown(iou)}${assumed}`}</span>`
}
