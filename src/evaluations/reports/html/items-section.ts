import { isAssumed } from '../../checks/check-names.ts'
import type { ItemRow } from '../../rows/item-row.ts'
import { macroPointer } from '../../summary/headline.ts'
import { headlineScores, type Summary } from '../../summary/summary.ts'
import { figure, grouped } from '../figure.ts'
import { reasonSaid, scoreTitle } from '../words.ts'
import { bar } from './bar.ts'
import type { GatheredRows } from './gather.ts'
import { type Html, html } from './html.ts'
import { lead, type Section, scrolling } from './section.ts'
import { shownKey, shownName } from './shown-name.ts'

/** Most items that the page lists. */
export const maxItems = 2000

/** Every scored item, worst first. */
export function itemsSection({ worst }: GatheredRows, summary: Summary): Section | undefined {
  const { scored } = summary.items
  if (worst.length === 0) return undefined
  const scores = headlineScores.filter(
    (score) => worst.some((row) => score in row.scores) && score !== 'mi_loss',
  )
  const hasGroups = worst.some(({ group }) => group !== undefined)
  const heads = scores.map(
    (score) =>
      html`<th scope="col" class="number">${scoreTitle(score)}${isAssumed(macroPointer(score), summary) ? ' (assumed)' : ''}</th>`,
  )
  const rows = worst.map((row, rank) => itemLine(row, rank, scores, hasGroups))
  return {
    id: 'items',
    title: 'Items',
    count: grouped(scored),
    body: html`${lead(`The largest MI loss first.${scored > worst.length ? ` These are the worst ${grouped(worst.length)} of ${grouped(scored)}; items.ndjson holds all.` : ''}`)}
${scrolling('Items, worst first', html`<table class="items keys sortable filterable"><thead><tr><th scope="col" class="number">rank</th><th scope="col">item</th>${hasGroups ? html`<th scope="col">group</th>` : undefined}<th scope="col" colspan="2">MI loss</th><th scope="col" class="number">split</th><th scope="col" class="number">merge</th>${heads}</tr></thead><tbody>${rows}</tbody></table>`, rows.length > 40)}`,
  }
}

function itemLine(row: ItemRow, rank: number, scores: readonly string[], hasGroups: boolean): Html {
  const { mi_loss: loss = null } = row.scores
  const tags = [
    ...(row.substituted ? [`${row.substituted}: scored as empty`] : []),
    ...new Set(row.warnings.map(({ code }) => code)),
  ].slice(0, 5)
  const shown =
    loss === null
      ? html`<td class="soft" colspan="2">${noneSaid(row, 'mi_loss')}</td>`
      : html`<td class="picture">${bar({ value: loss })}</td><td class="number"><b>${figure(loss)}</b></td>`
  return html`<tr><td class="number soft">${grouped(rank + 1)}</td><th scope="row">${shownKey(row.key)}${tags.map((tag) => html` <span class="tag">${shownName(tag)}</span>`)}</th>${hasGroups ? html`<td class="group">${row.group === undefined ? '' : shownName(row.group)}</td>` : undefined}${shown}${['mi_loss_split', 'mi_loss_merge', ...scores].map((score) => cell(row, score))}</tr>
`
}

function cell(row: ItemRow, score: string): Html {
  const value = row.scores[score]
  if (value === undefined) return html`<td></td>`
  return value === null
    ? html`<td class="number soft" title="${noneSaid(row, score)}">none</td>`
    : html`<td class="number">${figure(value)}</td>`
}

const noneSaid = ({ reasons }: ItemRow, score: string): string =>
  `none: ${reasonSaid(reasons[score] ?? 'undefined')}`
