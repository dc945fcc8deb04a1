import { css, html, LitElement } from 'lit'
import { type ItemFilter, itemQuery, type RunAddress } from '../../address/run-address.ts'
import { itemsOf } from '../../api/evaluations.ts'
import { problemOf } from '../../api/shown-problem.ts'
import type { Evaluation, Item } from '../../api/types.ts'
import { columnsOf, itemScores } from '../../runs/run-summary.ts'
import { usualOrder } from '../../runs/usual-order.ts'
import './item-filters.ts'
import './item-grid.ts'
import type { ItemTable } from './item-table.ts'
import './item-table.ts'
import { sharedStyles } from '../shared-styles.ts'

const pageSize = 200

/** Images of a run in the order and by the filters of an address, loaded as they are scrolled to. Fires `go` with another address, and `problem`. */
export class RunItems extends LitElement {
  static override properties = {
    place: { attribute: false },
    summary: { attribute: false },
    names: { attribute: false },
    items: { state: true },
    total: { state: true },
    unanswered: { state: true },
  }
  declare place: RunAddress
  declare summary: NonNullable<Evaluation['summary']>
  declare names: ReadonlyMap<number, string>
  declare items: readonly Item[]
  declare total: number | undefined
  declare unanswered: number
  #next: string | null = null
  #listing: AbortController | undefined
  #isLoading = false
  /** What the items that are shown were asked for by. */
  #asked = ''

  static override styles = [sharedStyles, css`section { overflow: hidden; min-width: 0 }`]

  constructor() {
    super()
    this.items = []
    this.unanswered = 0
  }

  override willUpdate() {
    const asked = JSON.stringify([this.place.id, itemQuery(this.place)])
    if (asked === this.#asked) return
    this.#asked = asked
    ;(this.renderRoot.querySelector('item-table') as ItemTable | null)?.toTop()
    this.#listing?.abort()
    this.#listing = new AbortController()
    this.#load(undefined, this.#listing)
  }

  override render() {
    const { place, summary } = this
    const scores = itemScores(summary)
    const columns = [...new Set([place.sort, 'mi_loss', 'mean_iou', 'pixel_accuracy'])].filter((score) =>
      scores.includes(score),
    )
    return html`<section class="card" aria-label="Images of the run">
      <item-filters .address=${place} .total=${this.total} .unanswered=${this.unanswered} .classes=${this.names} .scores=${scores} .columns=${columnsOf(summary)}
        @filter=${(event: CustomEvent<readonly [ItemFilter, string | undefined]>) => this.#filter(...event.detail)}
        @sort=${(event: CustomEvent<string>) => this.#go({ ...place, sort: event.detail, order: usualOrder(event.detail) })}
        @order=${(event: CustomEvent<RunAddress['order']>) => this.#go({ ...place, order: event.detail })}
        @layout=${(event: CustomEvent<RunAddress['layout']>) => this.#go({ ...place, layout: event.detail })}></item-filters>
      ${
        place.layout === 'grid'
          ? html`<item-grid .items=${this.items} .total=${this.total ?? 0} .address=${place} .score=${scores.includes(place.sort) ? place.sort : 'mi_loss'} @more=${this.#more}></item-grid>`
          : html`<item-table .items=${this.items} .total=${this.total ?? 0} .address=${place} .scores=${columns} .names=${this.names} @more=${this.#more}
        @sort=${(event: CustomEvent<string>) => this.#sort(event.detail)}></item-table>`
      }
    </section>`
  }

  /** Gives the first image the focus. */
  focusFirst(): boolean {
    const list = this.renderRoot.querySelector('item-table, item-grid')
    const link = list?.shadowRoot?.querySelector('a')
    link?.focus()
    return link !== null && link !== undefined
  }

  #more = () => {
    if (this.#next !== null && !this.#isLoading && this.#listing) this.#load(this.#next, this.#listing)
  }

  async #load(cursor: string | undefined, listing: AbortController) {
    this.#isLoading = true
    try {
      const { signal } = listing
      const page = await itemsOf(this.place.id, itemQuery(this.place), { cursor, limit: pageSize, signal })
      if (listing !== this.#listing) return
      this.items = cursor === undefined ? page.entries : [...this.items, ...page.entries]
      this.total = page.total
      this.unanswered = page.unanswered
      this.#next = page.next
    } catch (error) {
      if (listing.signal.aborted) return
      this.items = []
      this.total = undefined
      this.dispatchEvent(new CustomEvent('problem', { detail: problemOf(error) }))
    } finally {
      if (listing === this.#listing) this.#isLoading = false
    }
  }

  #filter(name: ItemFilter, value: string | undefined) {
    const { [name]: _, ...others } = this.place.filters
    this.#go({ ...this.place, filters: value === undefined ? others : { ...others, [name]: value } })
  }

  /** The same column once more turns the order around. */
  #sort(sort: string) {
    const { place } = this
    const turned = { worst: 'best', best: 'worst', ascending: 'descending', descending: 'ascending' } as const
    this.#go({ ...place, sort, order: sort === place.sort ? turned[place.order] : usualOrder(sort) })
  }

  #go(place: RunAddress) {
    this.dispatchEvent(new CustomEvent('go', { detail: place }))
  }
}
customElements.define('run-items', RunItems)
