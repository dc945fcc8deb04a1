import { directionAt, isAssumed } from '../../checks/check-names.ts'
import type { ClassDifference, Comparison, ScoreDifference } from '../../comparison/comparison.ts'
import { figure, grouped, interval, pFigure, signedFigure } from '../figure.ts'
import { comparedItems, ownNote, pointerTitle } from '../words.ts'
import { differenceBar } from './bar.ts'
import { className } from './classes-section.ts'
import { type Html, html } from './html.ts'
import { lead, type Section, scrolling } from './section.ts'
import { shownKey, shownName } from './shown-name.ts'

const shownItems = 20
const shownClasses = 40

/** What changed since the compared run: scores, the items that got worse most, classes, got worse first. */
export function comparisonSection(comparison: Comparison): Section {
  const { a, b, scores, worst } = comparison
  const isSmall = scores.length > 0 && scores.every(({ note }) => note === 'small_sample')
  const ious = comparison.per_class.filter(({ score, delta }) => score === 'iou' && delta !== null)
  const classes = ious.sort((x, y) => (x.delta ?? 0) - (y.delta ?? 0) || x.label - y.label)
  return {
    id: 'changed',
    title: 'What changed',
    body: html`${lead(html`<b>${shownName(b.name)}</b> against <b>${shownName(a.name)}</b>: ${comparedItems(comparison)}. Intervals and p are paired, over shared resamples and the exchange test.${isSmall ? ' The sample is small: fewer than 30 items or groups.' : ''}`)}
${scrolling('Differences of scores', scoresTable(comparison, isSmall))}
${worst.length === 0 ? html`<p>No item got worse.</p>` : undefined}
<div class="halves">${worst.length > 0 ? worseItems(worst) : undefined}${classes.length > 0 ? classChanges(classes, isAssumed('/pooled/overlap/mean_iou', comparison), isSmall) : undefined}</div>`,
  }
}

const worseItems = (worst: Comparison['worst']): Html =>
  html`<div><h3>Items that got worse most <span class="count">${grouped(worst.length)}</span></h3>${itemsTable(worst.slice(0, shownItems))}${more(worst.length - shownItems)}</div>`

const classChanges = (classes: readonly ClassDifference[], assumed: boolean, isSmall: boolean): Html =>
  html`<div><h3>IoU by class, got worse first</h3>${classesTable(classes.slice(0, shownClasses), assumed, isSmall)}${more(classes.length - shownClasses)}</div>`

const more = (count: number): Html | undefined =>
  count > 0 ? html`<p class="rest">${grouped(count)} more stand in comparison.json.</p>` : undefined

type Verdict = 'better' | 'worse' | 'equal'

function verdictOf(delta: number, direction: number): Verdict {
  return delta * direction > 0 ? 'better' : delta * direction < 0 ? 'worse' : 'equal'
}

const signs: Readonly<Record<Verdict, string>> = { better: '▲ better', worse: '▼ worse', equal: '＝ equal' }

function scoresTable(comparison: Comparison, isSmall: boolean): Html {
  const { scores } = comparison
  const reach = reachOf(scores)
  const rows = scores.map(
    ({ pointer, a, b, delta, interval: ends, note, p, wins, ties, losses, as_empty }) => {
      const tag = isAssumed(pointer, comparison) ? html` <span class="tag">assumed</span>` : undefined
      const other =
        as_empty.delta !== null && as_empty.delta !== delta
          ? html`<span class="detail">${minus(signedFigure(as_empty.delta))} with failed items as empty</span>`
          : undefined
      return html`<tr><th scope="row">${pointerTitle(pointer)}${tag}</th>${value(a)}${value(b)}${changed({ delta, interval: ends }, ownNote(note, isSmall), directionAt(pointer), reach, other)}<td class="number">${p === null ? 'none' : pFigure(p)}</td><td class="number">${grouped(wins)} / ${grouped(ties)} / ${grouped(losses)}</td></tr>`
    },
  )
  return html`<table class="changes"><thead><tr><th scope="col">score</th><th scope="col" class="number">before</th><th scope="col" class="number">now</th><th scope="col" colspan="2">difference</th><th scope="col" class="number">p</th><th scope="col" class="number">items better / equal / worse</th></tr></thead><tbody>${rows}</tbody></table>`
}

function changed(
  { delta, interval: ends }: Pick<ScoreDifference, 'delta' | 'interval'>,
  notes: readonly string[],
  direction: number,
  reach: number,
  other?: Html,
): Html {
  if (delta === null) return html`<td class="soft" colspan="2">none</td>`
  const verdict = verdictOf(delta, direction)
  const between = [...(ends ? [minus(interval(ends))] : []), ...notes].join(' · ')
  return html`<td class="picture">${differenceBar(delta, ends, reach, verdict)}</td><td class="change"><b class="${verdict}">${minus(signedFigure(delta))}</b> <span class="verdict ${verdict}">${signs[verdict]}</span><span class="detail">${between}</span>${other}</td>`
}

function reachOf(rows: readonly Pick<ScoreDifference, 'delta' | 'interval'>[]): number {
  const sizes = rows.flatMap(({ delta, interval: ends }) => [delta ?? 0, ...(ends ?? [])].map(Math.abs))
  return Math.max(1e-9, ...sizes)
}

/** The sign of a number as it is printed. */
const minus = (text: string): string => text.replaceAll('-', '−')

const value = (of: number | null): Html => html`<td class="number">${of === null ? 'none' : figure(of)}</td>`

const itemsTable = (items: Comparison['worst']): Html =>
  scrolling(
    'Items that got worse',
    html`<table><thead><tr><th scope="col">item</th><th scope="col" class="number">MI loss before</th><th scope="col" class="number">now</th><th scope="col" class="number">difference</th></tr></thead><tbody>${items.map(({ key, a, b, delta }) => html`<tr><th scope="row">${shownKey(key)}</th>${value(a)}${value(b)}<td class="number worse">${minus(signedFigure(delta))}</td></tr>`)}</tbody></table>`,
  )

/** Beside the items that got worse, of which as many stand there. */
const longTable = 20

function classesTable(rows: readonly ClassDifference[], assumed: boolean, isSmall: boolean): Html {
  const reach = reachOf(rows)
  const body = rows.map(
    (row) =>
      html`<tr><th scope="row">${className(row)}</th>${changed(row, ownNote(row.note, isSmall), 1, reach)}<td class="number">${row.p_holm === null ? 'none' : pFigure(row.p_holm)}</td></tr>`,
  )
  return scrolling(
    'Differences by class',
    html`<table class="changes"><thead><tr><th scope="col">class</th><th scope="col" colspan="2">difference of IoU${assumed ? ' (assumed)' : ''}</th><th scope="col" class="number">p (Holm)</th></tr></thead><tbody>${body}</tbody></table>`,
    rows.length > longTable,
  )
}
