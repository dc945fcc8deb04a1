import { lenientIou } from '../../../metrics/detection/iou-thresholds.ts'
import { detectionOptions } from '../../../scoring/request/detection-options.ts'
import { type DetectionReview, pictureKey, type ReviewedObject } from '../detection-review.ts'
import { figure, grouped, percent } from '../figure.ts'
import type { ReportInput } from '../report-input.ts'
import { className } from './classes-section.ts'
import type { GatheredRows } from './gather.ts'
import { type Html, html } from './html.ts'
import { lead, type Section, scrolling } from './section.ts'
import { shownKey, shownName, shownSentence } from './shown-name.ts'

type NameOf = (label: number) => { readonly label: number; readonly name: string | undefined }

const maxConfusions = 30
const longTable = 15

/** Which category is taken for which, the largest missed objects and the surest wrong ones, with their pictures. */
export function mistakenObjectsSection(
  { review }: GatheredRows,
  { summary, objectPictures }: ReportInput,
): Section | undefined {
  const { detection } = summary.pooled
  const { confused, missed, wrong } = review
  if (!detection || confused.length + missed.length + wrong.length === 0) return undefined
  const names = new Map(detection.per_category.map((row) => [row.label, row.name]))
  const nameOf = (label: number) => ({ label, name: names.get(label) })
  const iou = lenientIou(detectionOptions.parse(summary.options.detection).thresholds)
  const figures = (objects: readonly ReviewedObject[]) =>
    objects.map((object) => figureOf(object, nameOf, objectPictures))
  return {
    id: 'mistaken-objects',
    title: 'Mistaken objects',
    body: html`${lead(`At IoU ${iou}. Of each image at most three objects are shown.`)}
${confused.length > 0 ? confusions(review, nameOf) : undefined}
${missed.length > 0 ? html`<h3>The largest missed objects</h3><ul class="key"><li class="missing">missed</li></ul><div class="pictures objects">${figures(missed)}</div>` : undefined}
${wrong.length > 0 ? html`<h3>The surest wrong objects</h3><ul class="key"><li class="extra">detected, and nothing of the kind is there</li></ul><div class="pictures objects">${figures(wrong)}</div>` : undefined}
<p class="rest">White outlines are objects of the same category on the other side.</p>`,
  }
}

function confusions({ confused, groundTruths }: DetectionReview, nameOf: NameOf): Html {
  const rows = confused.slice(0, maxConfusions).map(({ truth, taken, count }) => {
    const all = groundTruths.get(truth) ?? 0
    return html`<tr><th scope="row">${className(nameOf(truth))}</th><td>${className(nameOf(taken))}</td><td class="number"><b>${grouped(count)}</b></td><td class="number">${all > 0 ? percent(count / all) : ''}</td></tr>`
  })
  const left = confused.length - rows.length
  return html`<h3>Taken for another category</h3>
${scrolling('Confused categories', html`<table class="sortable"><thead><tr><th scope="col">missed object</th><th scope="col">taken for</th><th scope="col" class="number">objects</th><th scope="col" class="number">of its category</th></tr></thead><tbody>${rows}</tbody></table>`, rows.length > longTable)}
${left > 0 ? html`<p class="rest">${grouped(left)} more pairs of categories were confused less often.</p>` : undefined}`
}

function figureOf(object: ReviewedObject, nameOf: NameOf, pictures: ReportInput['objectPictures']): Html {
  const { side, key, category, iou, value, truth } = object
  const picture = pictures?.get(pictureKey(object))
  const what = side === 'ground_truth' ? 'A missed object' : 'A wrong object'
  const shown =
    picture && 'png' in picture
      ? html`<img src="data:image/png;base64,${Buffer.from(picture.png).toString('base64')}" width="${picture.width}" height="${picture.height}" alt="${what} of ${shownName(key)}" loading="lazy" decoding="async">`
      : picture && html`<p class="rest">No picture: ${shownSentence(picture.problem)}</p>`
  const size = side === 'ground_truth' ? `area ${figure(value)}` : `score ${figure(value)}`
  const facts = iou > 0 ? `${size}, best IoU ${figure(iou)}` : `${size}, none of its category meets it`
  return html`<figure>${shown}<figcaption><b>${shortName(nameOf(category))}</b>${truth === undefined ? undefined : html`<span>in place of ${shortName(nameOf(truth))}</span>`}<span class="soft">${facts}</span><span class="soft">${shownKey(key)}</span></figcaption></figure>`
}

const shortName = ({ label, name }: ReturnType<NameOf>): Html | string =>
  name === undefined ? `category ${label}` : shownName(name)
