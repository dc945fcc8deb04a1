import { css, html, LitElement, nothing } from 'lit'
import type { ItemFilter, RunAddress } from '../../address/run-address.ts'
import { sharedStyles } from '../shared-styles.ts'
import { showCount } from '../show-number.ts'

const names: Readonly<Record<ItemFilter, string>> = {
  status: 'status',
  code: 'problem',
  group: 'group',
  class: 'with class',
  below: 'below',
  between: 'between',
  key: 'name holds',
  confused: 'taken for',
  by: 'with',
}
const statuses = ['scored', 'failed', 'skipped', 'substituted'] as const

/** What chooses images, how many it chooses, and how they are shown. Fires `filter` with [name, value or undefined] and `layout`. */
export class ItemFilters extends LitElement {
  static override properties = {
    address: { attribute: false },
    total: {},
    unanswered: {},
    classes: { attribute: false },
    scores: { attribute: false },
    columns: { attribute: false },
  }
  declare address: RunAddress
  declare total: number | undefined
  declare unanswered: number
  /** Label → name. */
  declare classes: ReadonlyMap<number, string>
  /** Names of the scores that images can be ordered by. */
  declare scores: readonly string[]
  /** Columns of the manifest and their values. */
  declare columns: readonly (readonly [column: string, values: readonly string[]])[]

  static override styles = [
    sharedStyles,
    css`
      .bar { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .75rem; padding: .7rem 1rem; border-bottom: 1px solid var(--line); font-size: .875rem }
      h2 { margin-inline-end: auto } label { display: inline-flex; align-items: center; gap: .35rem } input { inline-size: 9rem } select { max-inline-size: 11rem }
      .chips { display: flex; flex-wrap: wrap; gap: .4rem; padding: .55rem 1rem; border-bottom: 1px solid var(--line) } .chips button { background: var(--accent-soft); border-color: var(--accent) }
      .group { display: inline-flex } .group button:first-child { border-radius: 7px 0 0 7px } .group button:last-child { border-radius: 0 7px 7px 0; margin-inline-start: -1px }
      .note { padding: .4rem 1rem; font-size: .8125rem; color: var(--warn) }
    `,
  ]

  override render() {
    const { address } = this
    const chosen = Object.entries(address.filters) as [ItemFilter, string][]
    return html`<div class="bar">
        <h2 role="status">${this.total === undefined ? 'Images' : `${showCount(this.total)} ${this.total === 1 ? 'image' : 'images'}`}</h2>
        <label>Order <select @change=${this.#sort}>${[...this.scores, 'key', 'index'].map((score) => html`<option value=${score} ?selected=${score === address.sort}>${score}</option>`)}</select></label>
        <select aria-label="Direction" @change=${this.#order}>${(['worst', 'best', 'ascending', 'descending'] as const).map((order) => html`<option value=${order} ?selected=${order === address.order}>${order === 'worst' || order === 'best' ? `${order} first` : order}</option>`)}</select>
        <label>Name <input type="search" .value=${address.filters.key ?? ''} @change=${(event: Event) => this.#set('key', event)}></label>
        <label>Status <select @change=${(event: Event) => this.#set('status', event)}><option value="">all</option>${statuses.map((status) => html`<option ?selected=${status === address.filters.status}>${status}</option>`)}</select></label>
        ${this.classes.size > 0 ? html`<label>Class <select @change=${(event: Event) => this.#set('class', event)}><option value="">all</option>${[...this.classes].map(([label, name]) => html`<option value=${label} ?selected=${String(label) === address.filters.class}>${name}</option>`)}</select></label>` : nothing}
        ${this.columns.map(([column, values]) => html`<label>${column} <select @change=${(event: Event) => this.#by(column, event)}><option value="">all</option>${values.map((value) => html`<option value=${value} ?selected=${address.filters.by === `${column}:${value}`}>${value}</option>`)}</select></label>`)}
        <span class="group" role="group" aria-label="Shown as">${(['table', 'grid'] as const).map((layout) => html`<button aria-pressed=${address.layout === layout} @click=${() => this.dispatchEvent(new CustomEvent('layout', { detail: layout }))}>${layout}</button>`)}</span>
      </div>
      ${chosen.length > 0 ? html`<div class="chips">${chosen.map(([name, value]) => html`<button title="Take this filter away" @click=${() => this.#choose(name, undefined)}>${names[name]} ${this.#shown(name, value)} ✕</button>`)}</div>` : nothing}
      ${this.unanswered > 0 ? html`<p class="note">Of ${showCount(this.unanswered)} images it is not known, as their joint tables were not kept.</p>` : nothing}`
  }

  /** A filter as people read it. */
  #shown(name: ItemFilter, value: string): string {
    const label = (text: string) => this.classes.get(Number(text)) ?? text
    if (name === 'class') return label(value)
    if (name === 'confused') {
      const [truth = '', taken = ''] = value.split(',')
      return `${label(truth)} → ${label(taken)}`
    }
    if (name === 'between') {
      const [score = '', ends = ''] = value.split(':')
      const [low, high] = ends.split(',').map((end) => Number(Number(end).toPrecision(4)))
      return `${score} ${low} and ${high}`
    }
    return value.replace(':', ' ')
  }

  #set(name: ItemFilter, event: Event) {
    const { value } = event.target as HTMLInputElement | HTMLSelectElement
    this.#choose(name, value === '' ? undefined : value)
  }

  #by(column: string, event: Event) {
    const { value } = event.target as HTMLSelectElement
    this.#choose('by', value === '' ? undefined : `${column}:${value}`)
  }

  #choose(name: ItemFilter, value: string | undefined) {
    this.dispatchEvent(new CustomEvent('filter', { detail: [name, value] }))
  }

  #sort = (event: Event) =>
    this.dispatchEvent(new CustomEvent('sort', { detail: (event.target as HTMLSelectElement).value }))

  #order = (event: Event) =>
    this.dispatchEvent(new CustomEvent('order', { detail: (event.target as HTMLSelectElement).value }))
}
customElements.define('item-filters', ItemFilters)
