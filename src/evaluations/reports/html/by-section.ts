import { isAssumed } from '../../checks/check-names.ts'
import { macroPointer, pooledPointer } from '../../summary/headline.ts'
import {
  type HeadlineScore,
  type HeadlineScores,
  headlineScores,
  type Summary,
} from '../../summary/summary.ts'
import { figure, grouped } from '../figure.ts'
import { scoreTitle } from '../words.ts'
import { type Html, html } from './html.ts'
import { lead, type Section, scrolling } from './section.ts'
import { shownName } from './shown-name.ts'

/** Lines of all columns together. */
const maxLines = 1000

/** The headline scores of the items with each value of each column of the manifest. */
export function bySection(summary: Summary): Section | undefined {
  const columns = Object.entries(summary.by)
  if (columns.length === 0) return undefined
  const most = Math.max(1, Math.floor(maxLines / columns.length))
  const shown = columns.slice(0, maxLines)
  return {
    id: 'by',
    title: 'By column',
    count: grouped(columns.length),
    body: html`${lead('The items with each value of a column: pooled, and as means over images.')}
${shown.map(
  ([
    column,
    rows,
  ]) => html`<h3>${shownName(column)}</h3>${scrolling(`Scores by ${shownName(column)}`, valuesTable(rows.slice(0, most), summary), rows.length > 40)}
${rows.length > most ? html`<p class="rest">${grouped(rows.length - most)} more values stand in summary.json.</p>` : undefined}`,
)}
${columns.length > shown.length ? html`<p class="rest">${grouped(columns.length - shown.length)} more columns stand in summary.json.</p>` : undefined}`,
  }
}

function valuesTable(rows: Summary['by'][string], summary: Summary): Html {
  const scores = headlineScores.filter((score) =>
    rows.some(({ pooled, macro }) => score in pooled || score in macro),
  )
  const body = rows.map(
    ({ value, items, scored, pooled, macro }) =>
      html`<tr><th scope="row">${shownName(value)}</th><td class="number">${grouped(items)}</td><td class="number">${grouped(scored)}</td>${scores.map((score) => html`${cell(pooled[score])}${cell(macro[score])}`)}</tr>`,
  )
  const heads = scores.map(
    (score) => html`<th scope="colgroup" colspan="2">${scoreTitle(score)}${assumedTag(score, summary)}</th>`,
  )
  const kinds = scores.map(
    () => html`<th scope="col" class="number">pooled</th><th scope="col" class="number">images</th>`,
  )
  return html`<table><thead><tr><th scope="col" rowspan="2">value</th><th scope="col" rowspan="2" class="number">items</th><th scope="col" rowspan="2" class="number">scored</th>${heads}</tr><tr>${kinds}</tr></thead><tbody>${body}</tbody></table>`
}

const assumedTag = (score: HeadlineScore, summary: Summary): Html | undefined =>
  isAssumed(pooledPointer[score], summary) || isAssumed(macroPointer(score), summary)
    ? html` <span class="tag">assumed</span>`
    : undefined

const cell = (value: number | null | undefined): Html =>
  value === undefined || value === null
    ? html`<td class="number soft">none</td>`
    : html`<td class="number">${figure(value)}</td>`

/** Scores pooled within each group, then averaged over the groups. */
export function groupsSection(summary: Summary): Section | undefined {
  const { groups } = summary
  if (!groups) return undefined
  const scores = headlineScores.filter((score) => score in groups.mean)
  const rows = scores.map(
    (score) =>
      html`<tr><th scope="row">${scoreTitle(score)}${assumedTag(score, summary)}</th>${cell((groups.mean as HeadlineScores)[score])}<td class="number">${grouped(groups.defined[score] ?? 0)}</td></tr>`,
  )
  return {
    id: 'groups',
    title: 'Groups',
    count: grouped(groups.count),
    body: html`${lead('Scores pooled within each group, then averaged: every group weighs the same.')}
${scrolling('Means over groups', html`<table><thead><tr><th scope="col">score</th><th scope="col" class="number">mean over groups</th><th scope="col" class="number">groups</th></tr></thead><tbody>${rows}</tbody></table>`)}`,
  }
}
