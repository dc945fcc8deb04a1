import { css, html, LitElement, nothing } from 'lit'
import { type RunAddress, writeItemAddress } from '../../address/run-address.ts'
import type { Item } from '../../api/types.ts'
import { worstClass } from '../../runs/worst-class.ts'
import { sharedStyles } from '../shared-styles.ts'
import { showCount, showScore } from '../show-number.ts'

/** Height of every row in pixels: the place of a row follows from its number. */
const rowHeight = 38
const beyond = 8

/** Images of a run as rows, of which only those in sight are there. Fires `sort` with the name of a score, and `more` near the end of what is loaded. */
export class ItemTable extends LitElement {
  static override properties = {
    items: { attribute: false },
    total: {},
    address: { attribute: false },
    scores: { attribute: false },
    names: { attribute: false },
    top: { state: true },
    room: { state: true },
  }
  declare items: readonly Item[]
  /** Images that the filters choose; the last ones may not be loaded yet. */
  declare total: number
  declare address: RunAddress
  /** Names of the scores that are columns. */
  declare scores: readonly string[]
  declare names: ReadonlyMap<number, string>
  declare top: number
  declare room: number

  static override styles = [
    sharedStyles,
    css`
      .scroll { overflow: auto; max-block-size: 70vh; position: relative } table { font-size: .875rem; table-layout: fixed; min-inline-size: 40rem }
      thead th { position: sticky; top: 0; z-index: 1; background: var(--card); border-bottom: 1px solid var(--line); padding: 0 .6rem; block-size: 38px }
      thead button { min-height: 1.75rem; padding: 0 .3rem; font-weight: 600; font-size: .8125rem } .n { text-align: end }
      tbody tr:not(.gap) { block-size: 38px } tbody tr:hover { background: var(--sunk) } td { padding: 0 .9rem; border-bottom: 1px solid var(--line); white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
      .gap td { padding: 0; border: 0 } .key { inline-size: 34% } .bad { color: var(--bad) } .warn { color: var(--warn) }
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
    const { sort, order } = this.address
    const heading = (name: string, text: string, isNumber: boolean) => {
      const isSorted = sort === name
      const direction =
        order === 'ascending' || (order === 'worst' && name !== 'mi_loss') ? 'ascending' : 'descending'
      return html`<th scope="col" class=${isNumber ? 'n' : 'key'} aria-sort=${isSorted ? direction : 'none'}><button class="plain" @click=${() => this.dispatchEvent(new CustomEvent('sort', { detail: name }))}>${text}${isSorted ? (direction === 'ascending' ? ' ▲' : ' ▼') : ''}</button></th>`
    }
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Images" @scroll=${this.#scrolled}>
      <table aria-rowcount=${this.total + 1}>
        <thead><tr aria-rowindex="1">${heading('key', 'image', false)}${this.scores.map((name) => heading(name, name, true))}<th scope="col">worst class</th><th scope="col">status</th></tr></thead>
        <tbody class="number">
          <tr class="gap" aria-hidden="true"><td data-height=${first * rowHeight} colspan=${this.scores.length + 3}></td></tr>
          ${this.items.slice(first, last).map((item, at) => this.#row(item, first + at))}
          <tr class="gap" aria-hidden="true"><td data-height=${(this.items.length - last) * rowHeight} colspan=${this.scores.length + 3}></td></tr>
        </tbody>
      </table></div>`
  }

  #row(item: Item, at: number) {
    const worst = worstClass(item)
    const name = worst && (this.names.get(worst.label) ?? String(worst.label))
    return html`<tr aria-rowindex=${at + 2}>
      <td title=${item.key}><a href=${writeItemAddress(this.address, item.index)}>${item.key}</a></td>
      ${this.scores.map((score) => html`<td class="n" title=${String(item.scores[score] ?? '')}>${item.status === 'scored' ? showScore(item.scores[score]) : '–'}</td>`)}
      <td>${worst ? html`${name} <span class="soft">${showScore(worst.iou)}</span>` : nothing}</td>
      <td>${statusOf(item)}</td></tr>`
  }

  override updated(changed: Map<string, unknown>) {
    for (const cell of this.renderRoot.querySelectorAll<HTMLElement>('td[data-height]'))
      cell.style.height = `${cell.dataset.height}px`
    if (changed.has('address')) this.#wantMore()
  }

  /** Shows the first rows again: another order, other filters. */
  toTop() {
    const scroll = this.renderRoot.querySelector('.scroll')
    if (scroll) scroll.scrollTop = 0
    this.top = 0
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

function statusOf(item: Item) {
  const problem = item.problem as { code: string; detail: string } | undefined
  if (item.status !== 'scored')
    return html`<span class="bad" title=${problem?.detail ?? ''}>${item.status}${problem ? ` · ${problem.code}` : ''}</span>`
  if (item.substituted)
    return html`<span class="warn" title=${problem?.detail ?? ''}>as empty (${item.substituted})</span>`
  const warnings = item.warnings as readonly { message: string }[] | undefined
  if (warnings && warnings.length > 0)
    return html`<span class="warn" title=${warnings.map(({ message }) => message).join('\n')}>${showCount(warnings.length)} ${warnings.length === 1 ? 'warning' : 'warnings'}</span>`
  return html`<span class="soft">scored</span>`
}
