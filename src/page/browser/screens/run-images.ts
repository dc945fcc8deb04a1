import { html, LitElement, nothing } from 'lit'
import type { ItemFilter, ItemOrder, RunAddress } from '../address/run-address.ts'
import { metrics } from '../api/metrics.ts'
import { problemOf, type ShownProblem } from '../api/shown-problem.ts'
import { problemOfCall } from '../elements/problem-of-call.ts'
import '../elements/runs/item-filters.ts'
import type { ItemGrid } from '../elements/runs/item-grid.ts'
import '../elements/runs/item-grid.ts'
import type { ItemTable } from '../elements/runs/item-table.ts'
import '../elements/runs/item-table.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import { ItemList } from '../runs/item-list.ts'
import { goFromHere, isOfClass, withFilter, withSort } from '../runs/place-changes.ts'
import { classNames, columnsOf, itemScores } from '../runs/run-parts.ts'
import type { Summary } from '../runs/run-scores-of.ts'
import type { Metrics } from '../runs/score-order.ts'
import { runScreenStyles } from './run-screen-styles.ts'

const usualColumns = ['mi_loss', 'mean_iou', 'pixel_accuracy', 'pq', 'ap', 'soft_mi_loss']

/** The images of a run: chosen, ordered, as a table or a grid. */
export class RunImages extends LitElement {
  static override properties = {
    summary: { attribute: false },
    place: { attribute: false },
    list: { state: true },
    isListing: { state: true },
    metrics: { state: true },
    problem: { state: true },
  }
  declare summary: Summary
  declare place: RunAddress
  declare list: ItemList | undefined
  declare isListing: boolean
  declare metrics: Metrics
  declare problem: ShownProblem | undefined
  #listing = new AbortController()

  static override styles = [sharedStyles, runScreenStyles]

  constructor() {
    super()
    this.isListing = false
    this.metrics = new Map()
    metrics().then(
      (known) => {
        this.metrics = known
      },
      // Only the words beside the headings are missing then; the list tells what is wrong with the service.
      () => undefined,
    )
  }

  /** Back from an image: the focus goes to its row. */
  override connectedCallback() {
    super.connectedCallback()
    const { list } = this
    const at = list?.seen === undefined ? undefined : list.placeOf(list.seen)
    if (at !== undefined) this.updateComplete.then(() => this.#view?.focusAt(at))
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (!changed.has('place')) return
    const before = changed.get('place') as RunAddress | undefined
    if (before?.id !== this.place.id) this.list = undefined
    if (!this.list?.isOf(this.place)) this.#open()
  }

  override render() {
    const { place, list, summary } = this
    return html`${problemOfCall(this.problem)}<section class="card items" aria-label="Images of the run" aria-busy=${this.isListing}>
      <item-filters .place=${place} .total=${list?.total} .unanswered=${list?.unanswered ?? 0} .classes=${classNames(summary)} .scores=${itemScores(summary)} .columns=${columnsOf(summary)}
        @filter=${(event: CustomEvent<readonly [ItemFilter, string | undefined]>) => goFromHere((now) => withFilter(now, ...event.detail))}
        @sort=${this.#sort}
        @order=${(event: CustomEvent<ItemOrder>) => goFromHere((now) => ({ ...now, order: event.detail }))}
        @layout=${(event: CustomEvent<RunAddress['layout']>) => goFromHere((now) => ({ ...now, layout: event.detail }))}></item-filters>
      ${list ? this.#images(list) : nothing}
    </section>`
  }

  #images({ entries, total }: ItemList) {
    const { place } = this
    if (total === 0)
      return html`<p class="none soft">No image is chosen. ${Object.keys(place.filters).length > 0 ? html`<button @click=${() => goFromHere((now) => ({ ...now, filters: {} }))}>Take all filters away</button>` : nothing}</p>`
    const columns = this.#columns()
    const stale = this.isListing ? 'stale' : ''
    return place.layout === 'grid'
      ? html`<item-grid class=${stale} .items=${entries} .total=${total} .place=${place} .score=${columns[0]} @more=${this.#more}></item-grid>`
      : html`<item-table class=${stale} .items=${entries} .total=${total} .place=${place} .columns=${columns} .names=${classNames(this.summary)} .metrics=${this.metrics} @more=${this.#more} @sort=${this.#sort}></item-table>`
  }

  /** Moves the focus through the images. */
  step(by: 1 | -1) {
    this.#view?.step(by)
  }

  get #view(): ItemTable | ItemGrid | null {
    return this.renderRoot.querySelector<ItemTable | ItemGrid>('item-table, item-grid')
  }

  /** That of the order, and some that people ask for first. */
  #columns(): string[] {
    const scores = itemScores(this.summary)
    const { sort } = this.place
    const usual = usualColumns.filter((name) => scores.includes(name)).slice(0, 3)
    return [...new Set([...(isOfClass(sort) || scores.includes(sort) ? [sort] : []), ...usual])]
  }

  #sort = (event: CustomEvent<string>) => goFromHere((now) => withSort(now, event.detail, this.metrics))

  /** The first images of the order and the filters. */
  async #open() {
    this.#listing.abort()
    const listing = new AbortController()
    this.#listing = listing
    this.isListing = true
    try {
      const list = await ItemList.open(this.place, listing.signal)
      if (listing !== this.#listing) return
      this.list = list
      this.problem = undefined
      ;(this.renderRoot.querySelector('item-table') as ItemTable | null)?.toTop()
    } catch (error) {
      if (listing === this.#listing) this.problem = problemOf(error)
    } finally {
      if (listing === this.#listing) this.isListing = false
    }
  }

  #more = async () => {
    const { list } = this
    try {
      await list?.grow(1, this.#listing.signal)
      if (list === this.list) this.requestUpdate()
    } catch (error) {
      if (list === this.list && !this.#listing.signal.aborted) this.problem = problemOf(error)
    }
  }
}
customElements.define('run-images', RunImages)
