import type { ContingencyTable } from '../../../metrics/table/contingency-table.ts'
import type { Summary } from '../../summary/summary.ts'
import { outsideLabel } from '../../tally/joint-table.ts'
import { grouped, percent } from '../figure.ts'
import { reasonSaid } from '../words.ts'
import { bar } from './bar.ts'
import { className } from './classes-section.ts'
import type { GatheredRows } from './gather.ts'
import { type Html, html } from './html.ts'
import { lead, type Section, scrolling } from './section.ts'
import { shownName } from './shown-name.ts'

const maxMatrix = 30
const shownConfusions = 30
const shownBesideMatrix = 10

/** Which class is taken for which: a matrix up to 30 classes, and the largest confusions. */
export function confusionSection({ joint }: GatheredRows, { classes, pooled }: Summary): Section | undefined {
  if (!pooled.overlap) return undefined
  const section = { id: 'confusion', title: 'Confusion' }
  if (typeof joint === 'string')
    return { ...section, body: lead(`There is no matrix: ${reasonSaid(joint)}.`) }
  if (joint.total === 0) return undefined
  const labels = [...new Set([...joint.rowLabels, ...joint.columnLabels])].sort((a, b) => a - b)
  const nameOf = (label: number): Html =>
    label === outsideLabel ? html`<i>no class</i>` : className({ label, name: classes[label] })
  const fits = labels.length <= maxMatrix
  return {
    ...section,
    body: html`${fits ? matrix(joint, labels, nameOf, classes) : lead(`${grouped(labels.length)} labels are too many for a matrix: these are the largest confusions.`)}
${largestConfusions(joint, nameOf, fits ? shownBesideMatrix : shownConfusions)}`,
  }
}

function matrix(
  joint: ContingencyTable,
  labels: readonly number[],
  nameOf: (label: number) => Html,
  classes: Summary['classes'],
): Html {
  const pixels = new Map<number, number>()
  const key = (row: number, column: number) => row * labels.length + column
  const place = new Map(labels.map((label, k) => [label, k]))
  for (let k = 0; k < joint.counts.length; k++) {
    const row = place.get(joint.rowLabels[joint.rows[k]]) ?? 0
    pixels.set(key(row, place.get(joint.columnLabels[joint.columns[k]]) ?? 0), joint.counts[k])
  }
  const sumOf = new Map([...joint.rowLabels].map((label, k) => [label, joint.rowSums[k]]))
  const plain = (label: number) =>
    label === outsideLabel ? 'no class' : shownName(classes[label] ?? String(label))
  const rows = labels.flatMap((truth, row) => {
    const sum = sumOf.get(truth)
    if (sum === undefined) return []
    const cells = labels.map((predicted, column) => {
      const count = pixels.get(key(row, column)) ?? 0
      const share = count / sum
      const title = `${plain(truth)} as ${plain(predicted)}: ${grouped(count)} px`
      return html`<td class="s${Math.round(share * 10)}${row === column ? ' same' : ''}" title="${title}">${count === 0 ? '' : shareSaid(share)}</td>`
    })
    return [
      html`<tr><th scope="row">${nameOf(truth)}</th>${cells}<td class="number soft">${grouped(sum)}</td></tr>`,
    ]
  })
  return html`${lead('Rows are the ground truth, columns the prediction: the share of a row’s pixels, in per cent. The outlined cells are agreement.')}
${scrolling('Confusion matrix', html`<table class="matrix"><thead><tr><td></td>${labels.map((label) => html`<th scope="col"><span>${nameOf(label)}</span></th>`)}<th scope="col"><span>pixels</span></th></tr></thead><tbody>${rows}</tbody></table>`)}`
}

/** A share in whole per cent; what is not nothing and not all never looks like it. */
function shareSaid(share: number): string {
  if (share < 0.005) return '·'
  return share < 1 && share >= 0.995 ? '>99' : String(Math.round(100 * share))
}

function largestConfusions(
  joint: ContingencyTable,
  nameOf: (label: number) => Html,
  most: number,
): Html | undefined {
  const confusions = Array.from(joint.counts, (pixels, k) => ({
    pixels,
    row: joint.rows[k],
    truth: joint.rowLabels[joint.rows[k]],
    predicted: joint.columnLabels[joint.columns[k]],
  }))
    .filter(({ truth, predicted }) => truth !== predicted)
    .sort((a, b) => b.pixels - a.pixels || a.truth - b.truth || a.predicted - b.predicted)
  if (confusions.length === 0) return html`<p>No pixel was taken for another class.</p>`
  const wrong = confusions.reduce((sum, { pixels }) => sum + pixels, 0)
  const rows = confusions
    .slice(0, most)
    .map(
      ({ pixels, row, truth, predicted }) =>
        html`<tr><th scope="row">${nameOf(truth)}</th><td>${nameOf(predicted)}</td><td class="picture">${bar({ value: pixels / wrong })}</td><td class="number">${percent(pixels / wrong)}</td><td class="number">${percent(pixels / joint.rowSums[row])}</td><td class="number">${grouped(pixels)}</td></tr>`,
    )
  return html`<h3>Largest confusions</h3>
${scrolling('Largest confusions', html`<table><thead><tr><th scope="col">ground truth</th><th scope="col">taken for</th><th scope="col" colspan="2">share of all wrong pixels</th><th scope="col" class="number">share of the class</th><th scope="col" class="number">pixels</th></tr></thead><tbody>${rows}</tbody></table>`)}
${confusions.length > most ? html`<p class="rest">${grouped(confusions.length - most)} smaller ones are not shown.</p>` : undefined}`
}
