import { css, html, LitElement, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { writeItemAddress } from '../../address/item-address.ts'
import type { RunAddress } from '../../address/run-address.ts'
import type { Item } from '../../api/types.ts'
import { scoreOfItem } from '../../runs/score-of-item.ts'
import { isRising, type Metrics } from '../../runs/score-order.ts'
import { worstClass } from '../../runs/worst-class.ts'
import { fileName } from '../file-name.ts'
import './item-status.ts'
import { ScoreTitles } from '../score-titles.ts'
import { sharedStyles } from '../shared-styles.ts'
import { showScore } from '../show-number.ts'

/** Height of every row, and of the heading, in pixels: the place of a row follows from its number. */
const rowHeight = 38
/** Rows beyond those in sight, on either side. */
const beyond = 8

/** Images of a run as rows, of which only those in sight are there. Fires `sort` with the name of a score, and `more` near the end of what is loaded. */
export class ItemTable extends LitElement {
  static override properties = {
    items: { attribute: false },
    total: {},
    place: { attribute: false },
    columns: { attribute: false },
    names: { attribute: false },
    metrics: { attribute: false },
    top: { state: true },
    room: { state: true },
  }
  declare items: readonly Item[]
  /** Images that are chosen; the last ones may not be loaded yet. */
  declare total: number
  declare place: RunAddress
  /** Names of the scores that are columns. */
  declare columns: readonly string[]
  /** Label of a class → its name. */
  declare names: ReadonlyMap<number, string>
  declare metrics: Metrics
  declare top: number
  declare room: number
  #current: number | undefined

  readonly #titles = new ScoreTitles(this)

  static override styles = [
    sharedStyles,
    css`
      .scroll { overflow: auto; max-block-size: 70vh; position: relative } table { font-size: .875rem; table-layout: fixed; min-inline-size: 64rem } table.wide { min-inline-size: 74rem }
      thead th { position: sticky; top: 0; z-index: 1; background: var(--card); box-shadow: inset 0 -1px var(--line); padding: 0 .9rem; block-size: 38px; font-size: .8125rem }
      thead button { min-height: 1.75rem; padding: 0 .3rem; margin-inline: -.3rem; font-weight: 600; font-size: .8125rem } .n { inline-size: 9.2rem; text-align: end } .worst { inline-size: 13rem } .status { inline-size: 13rem }
      tr { background: var(--card) } tr > :first-child { position: sticky; inset-inline-start: 0; background: inherit } thead th:first-child { z-index: 2 }
      tbody tr:not(.gap) { block-size: 38px } tbody tr:hover { background: var(--sunk) } tbody tr:focus-within { background: var(--accent-soft) }
      td { padding: 0 .9rem; border-bottom: 1px solid var(--line); white-space: nowrap; overflow: hidden; text-overflow: ellipsis } .gap td { padding: 0; border: 0 }
      td a { padding: 2px 0; outline-offset: -2px } td:last-child { white-space: normal; overflow-wrap: anywhere; line-height: 1.2 }
      .class { display: flex; gap: .4rem } .class > :first-child { overflow: hidden; text-overflow: ellipsis }
    `,
  ]

  constructor() {
    super()
    this.top = 0
    this.room = 700
  }

  override render() {
    const first = Math.max(0, Math.floor(this.top / rowHeight) - beyond)
    const last = Math.min(this.items.length, Math.ceil((this.top + this.room) / rowHeight) + beyond)
    const width = this.columns.length + 3
    const gap = (rows: number) =>
      html`<tr class="gap" aria-hidden="true"><td data-height=${rows * rowHeight} colspan=${width}></td></tr>`
    const rows = this.items.slice(first, last).map((item, at) => ({ item, at: first + at }))
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Images" @scroll=${this.#scrolled}>
      <table class=${this.columns.length > 3 ? 'wide' : ''} aria-rowcount=${this.total + 1}>
        <thead><tr aria-rowindex="1">${this.#heading('key', 'image')}${this.columns.map((name) => this.#heading(name, name))}<th scope="col" class="worst">worst class, IoU</th><th scope="col" class="status">status</th></tr></thead>
        <tbody class="number">
          ${gap(first)}
          ${repeat(
            rows,
            ({ item }) => item.index,
            ({ item, at }) => this.#row(item, at),
          )}
          ${gap(this.items.length - last)}
        </tbody>
      </table></div>`
  }

  #heading(name: string, text: string) {
    const { sort, order } = this.place
    const isRisen = isRising(name, order, this.metrics)
    const [direction, sign] =
      sort !== name ? ['none', ''] : isRisen ? ['ascending', ' ▲'] : ['descending', ' ▼']
    return html`<th scope="col" class=${name === 'key' ? 'key' : 'n'} aria-sort=${direction}><button class="plain" title=${this.#titles.of(name)} @click=${() => this.dispatchEvent(new CustomEvent('sort', { detail: name }))}>${text}${sign}</button></th>`
  }

  #row(item: Item, at: number) {
    const worst = worstClass(item)
    const label = Number(this.place.filters.class)
    return html`<tr aria-rowindex=${at + 2} @focusin=${() => {
      this.#current = at
    }}>
      <td title=${item.key}><a class="name-of-file" href=${writeItemAddress(this.place, item.index)}>${fileName(item.key)}</a></td>
      ${this.columns.map((name) => {
        const score = scoreOfItem(item, name, label)
        return html`<td class="n" title=${score ?? ''}>${showScore(score)}</td>`
      })}
      <td>${worst ? html`<span class="class" title=${this.names.get(worst.label) ?? worst.label}><span>${this.names.get(worst.label) ?? worst.label}</span><span class="soft">${showScore(worst.iou)}</span></span>` : nothing}</td>
      <td><item-status .item=${item}></item-status></td></tr>`
  }

  override updated(changed: Map<string, unknown>) {
    for (const cell of this.renderRoot.querySelectorAll<HTMLElement>('td[data-height]'))
      cell.style.height = `${cell.dataset.height}px`
    if (changed.has('items')) this.#wantMore()
  }

  /** Where it was, when it is shown again: a browser forgets it of what is taken away. */
  override connectedCallback() {
    super.connectedCallback()
    if (this.hasUpdated && this.#scroll) this.#scroll.scrollTop = this.top
  }

  /** Shows the first rows again: another order, other filters. */
  toTop() {
    if (this.#scroll) this.#scroll.scrollTop = 0
    this.top = 0
    this.#current = undefined
  }

  /** Focuses the row after (1) or before (−1) the one that had the focus. */
  step(by: 1 | -1) {
    const at = this.#current === undefined ? 0 : this.#current + by
    this.focusAt(Math.min(this.items.length - 1, Math.max(0, at)))
  }

  /** Focuses a row, wherever it is. */
  async focusAt(at: number) {
    const scroll = this.#scroll
    if (!scroll || !(at in this.items)) return
    const [above, below] = [at * rowHeight, (at + 2) * rowHeight - scroll.clientHeight]
    if (scroll.scrollTop > above) scroll.scrollTop = above
    else if (scroll.scrollTop < below) scroll.scrollTop = below
    this.top = scroll.scrollTop
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(`tr[aria-rowindex="${at + 2}"] a`)?.focus()
  }

  get #scroll(): HTMLElement | null {
    return this.renderRoot.querySelector('.scroll')
  }

  #scrolled = (event: Event) => {
    const { scrollTop, clientHeight } = event.currentTarget as HTMLElement
    this.top = scrollTop
    this.room = clientHeight
    this.#wantMore()
  }

  #wantMore() {
    const isNear = this.top + 2 * this.room > this.items.length * rowHeight
    if (isNear && this.items.length < this.total) this.dispatchEvent(new Event('more'))
  }
}
customElements.define('item-table', ItemTable)
