import { css, html, LitElement, nothing } from 'lit'
import type { ItemFilter, RunAddress } from '../../address/run-address.ts'
import { filterName, filterValue } from '../../runs/filter-text.ts'
import { ScoreTitles } from '../score-titles.ts'
import { sharedStyles } from '../shared-styles.ts'
import { showCount } from '../show-number.ts'

const statuses = ['scored', 'failed', 'skipped', 'substituted'] as const
const orders = { worst: 'worst first', best: 'best first', ascending: 'ascending', descending: 'descending' }
const layouts = ['table', 'grid'] as const

type Choice = readonly [value: string, text: string]

/** What chooses images, how many it chooses, and how they are shown. Fires `filter` with [name, value or undefined], `sort`, `order` and `layout`. */
export class ItemFilters extends LitElement {
  static override properties = {
    place: { attribute: false },
    total: {},
    unanswered: {},
    classes: { attribute: false },
    scores: { attribute: false },
    columns: { attribute: false },
  }
  declare place: RunAddress
  declare total: number | undefined
  declare unanswered: number
  /** Label → name. */
  declare classes: ReadonlyMap<number, string>
  /** Names of the scores that images can be ordered by. */
  declare scores: readonly string[]
  /** Columns of the manifest and their values. */
  declare columns: readonly (readonly [column: string, values: readonly string[]])[]

  readonly #titles = new ScoreTitles(this)

  static override styles = [
    sharedStyles,
    css`
      .bar { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .75rem; padding: .7rem 1rem; border-bottom: 1px solid var(--line); font-size: .875rem }
      h2 { margin-inline-end: auto; white-space: nowrap } label { display: inline-flex; align-items: center; gap: .35rem } input { inline-size: 9rem } select { max-inline-size: 11rem }
      .chips { display: flex; flex-wrap: wrap; gap: .4rem; padding: .55rem 1rem; border-bottom: 1px solid var(--line) } .chips button { background: var(--accent-soft); border-color: var(--accent); overflow-wrap: anywhere }
      .group { display: inline-flex } .group button:first-child { border-radius: 7px 0 0 7px } .group button:last-child { border-radius: 0 7px 7px 0; margin-inline-start: -1px }
      @media (max-width: 44rem) { .bar { display: grid; grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)); align-items: end } h2 { grid-column: 1 / -1 } label { display: grid; gap: .1rem; font-size: .8125rem } input, select { inline-size: 100%; max-inline-size: none } }
      .note { padding: .4rem 1rem; font-size: .8125rem; color: var(--warn) }
    `,
  ]

  override render() {
    const { sort, order, filters, layout } = this.place
    const ofClass = filters.class === undefined ? [] : ['iou', 'dice']
    const by = (column: string) => (filters.by?.startsWith(`${column}:`) ? filters.by : '')
    return html`<div class="bar">
        <h2><span role="status">${this.total === undefined ? 'Images' : `${showCount(this.total)} ${this.total === 1 ? 'image' : 'images'}`}</span></h2>
        ${this.#select(
          'Order',
          sort,
          [...new Set([...ofClass, ...this.scores, 'key', 'index', sort])].map(same),
          (score) => this.#fire('sort', score),
          (score) => this.#titles.of(score),
        )}
        ${this.#select('Direction', order, Object.entries(orders), (chosen) => this.#fire('order', chosen))}
        <label>Name <input type="search" .value=${filters.key ?? ''} @change=${(event: Event) => this.#choose('key', (event.target as HTMLInputElement).value)}></label>
        ${this.#select('Status', filters.status ?? '', [['', 'all'], ...statuses.map(same)], (status) => this.#choose('status', status))}
        ${this.classes.size > 0 ? this.#select('Class', filters.class ?? '', [['', 'all'], ...[...this.classes].map(([label, name]): Choice => [String(label), name])], (label) => this.#choose('class', label)) : nothing}
        ${this.columns.map(([column, values]) => this.#select(column, by(column), [['', 'all'], ...values.map((value): Choice => [`${column}:${value}`, value])], (value) => this.#choose('by', value)))}
        <span class="group" role="group" aria-label="Shown as">${layouts.map((one) => html`<button aria-pressed=${layout === one} @click=${() => this.#fire('layout', one)}>${one}</button>`)}</span>
      </div>
      ${this.#chips()}
      ${this.unanswered > 0 ? html`<p class="note">Of ${showCount(this.unanswered)} more images it is not known: their joint tables were not kept.</p>` : nothing}`
  }

  #select(
    label: string,
    chosen: string,
    choices: readonly Choice[],
    choose: (value: string) => void,
    titleOf: (value: string) => string | typeof nothing = () => nothing,
  ) {
    return html`<label>${label} <select title=${titleOf(chosen)} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>${choices.map(([value, text]) => html`<option value=${value} title=${titleOf(value)} .selected=${value === chosen}>${text}</option>`)}</select></label>`
  }

  /** Each filter, to be taken away. */
  #chips() {
    const chosen = Object.entries(this.place.filters) as [ItemFilter, string][]
    if (chosen.length === 0) return nothing
    return html`<div class="chips">${chosen.map(([name, value]) => {
      const text = `${filterName[name]} ${filterValue(name, value, this.classes)}`
      return html`<button aria-label="Take away: ${text}" title="Take this filter away" @click=${() => this.#choose(name, '')}>${text} <span aria-hidden="true">✕</span></button>`
    })}</div>`
  }

  #choose(name: ItemFilter, value: string) {
    this.#fire('filter', [name, value === '' ? undefined : value])
  }

  #fire(type: string, detail: unknown) {
    this.dispatchEvent(new CustomEvent(type, { detail }))
  }
}
customElements.define('item-filters', ItemFilters)

const same = (text: string): Choice => [text, text]
