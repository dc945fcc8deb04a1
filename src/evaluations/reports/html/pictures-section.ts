import { isAssumed } from '../../checks/check-names.ts'
import type { ItemRow } from '../../rows/item-row.ts'
import type { Summary } from '../../summary/summary.ts'
import { figure, grouped } from '../figure.ts'
import type { Picture, ReportInput } from '../report-input.ts'
import type { GatheredRows } from './gather.ts'
import { type Html, html } from './html.ts'
import { lead, type Section } from './section.ts'
import { shownKey, shownName, shownSentence } from './shown-name.ts'

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
  const problems: Html[] = []
  let left = room
  let withoutRoom = 0
  for (const [rank, row] of worst.entries()) {
    const picture = pictures?.get(row.index)
    if (!picture) continue
    if ('problem' in picture) {
      problems.push(html`<li>${shownKey(row.key)}: ${shownSentence(picture.problem)}</li>`)
      continue
    }
    const shown = figureOf(row, picture, rank, summary)
    if (Buffer.byteLength(shown.text) > left) withoutRoom++
    else {
      left -= Buffer.byteLength(shown.text)
      figures.push(shown)
    }
  }
  if (figures.length + problems.length + withoutRoom === 0) return undefined
  const rest = figures.slice(openAtFirst)
  return {
    id: 'pictures',
    title: 'Worst images',
    count: grouped(figures.length),
    body: html`${summary.labels === 'objects' ? shares : differences}
<div class="pictures">${figures.slice(0, openAtFirst)}</div>
${rest.length > 0 ? html`<details><summary>${grouped(rest.length)} more</summary><div class="pictures">${rest}</div></details>` : undefined}
${withoutRoom > 0 ? html`<p class="rest">${grouped(withoutRoom)} pictures are left out, because the page would be too large.</p>` : undefined}
${problems.length > 0 ? html`<div class="rest"><p>No picture of ${grouped(problems.length)} of the worst items:</p><ul>${problems}</ul></div>` : undefined}`,
  }
}

const differences = html`${lead('Where prediction and ground truth differ, the largest MI loss first. Greys are the classes of the ground truth.')}
<ul class="key"><li class="missing">missing: taken for background</li><li class="extra">extra: background taken for something</li><li class="confused">confused: taken for another label</li><li class="ignored">ignored</li></ul>`

const shares = html`${lead('Which objects of the ground truth cause the loss, the largest MI loss first: the brighter, the larger the share.')}`

function figureOf(row: ItemRow, { png, width, height }: Picture, rank: number, summary: Summary): Html {
  const data = Buffer.from(png).toString('base64')
  return html`<figure><img src="data:image/png;base64,${data}" width="${width}" height="${height}" alt="Where the masks of ${shownName(row.key)} differ" decoding="async"><figcaption>${shownKey(row.key)}${captionOf(row.scores, rank, summary)}</figcaption></figure>`
}

function captionOf(scores: Readonly<Record<string, number | null>>, rank: number, summary: Summary): Html {
  const { mi_loss: loss = null, mean_iou: iou } = scores
  const shown = (value: number | null) => (value === null ? 'none' : figure(value))
  const assumed = isAssumed('/macro/mean_iou/mean', summary) ? ' (assumed)' : ''
  return html`<span class="soft">${rank + 1}. MI loss ${shown(loss)}</span>${iou === undefined ? undefined : html`<span class="soft">mean IoU ${shown(iou)}${assumed}</span>`}`
}
