import { html, LitElement, nothing } from 'lit'
import { type ItemAddress, readItemAddress, writeItemAddress } from '../address/item-address.ts'
import { remember } from '../address/remember.ts'
import { writeRunAddress } from '../address/run-address.ts'
import { evaluationOf } from '../api/evaluations.ts'
import { problemOf, type ShownProblem } from '../api/shown-problem.ts'
import type { Evaluation, Item } from '../api/types.ts'
import { handOverDrop } from '../dataset/hand-over.ts'
import { problemOfCall } from '../elements/problem-of-call.ts'
import '../elements/runs/item-bar.ts'
import '../elements/runs/item-facts.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import { rematched } from '../pair/loaded-pair.ts'
import { Look } from '../pair/look.ts'
import type { Match } from '../pair/pair-source.ts'
import { ItemList } from '../runs/item-list.ts'
import { type LoadedItem, loadItem } from '../runs/loaded-item.ts'
import { warningsOfRowAlone } from '../runs/row-facts.ts'
import { classNames } from '../runs/run-parts.ts'
import { nameOfRun } from '../runs/run-words.ts'
import type { PairView } from './pair-view.ts'
import './pair-view.ts'
import { runScreenStyles } from './run-screen-styles.ts'
import { seenPair } from './seen-pair.ts'

/** One image of a run, as a pair, in the list that it was opened from. */
export class ItemScreen extends LitElement {
  static override properties = {
    place: { state: true },
    run: { state: true },
    item: { state: true },
    shown: { state: true },
    list: { state: true },
    problem: { state: true },
    noList: { state: true },
    isLoading: { state: true },
  }
  declare place: ItemAddress
  declare run: Evaluation | undefined
  /** The row of the image of the address. */
  declare item: Item | undefined
  /** The image whose masks are there: while the next one is loaded, still the one before. */
  declare shown: LoadedItem | undefined
  declare list: ItemList | undefined
  declare problem: ShownProblem | undefined
  /** Why there is no list around the image. */
  declare noList: ShownProblem | undefined
  declare isLoading: boolean
  readonly #look = new Look(this, () => this.#remember())
  #loading = new AbortController()

  static override styles = [sharedStyles, runScreenStyles]

  constructor() {
    super()
    this.isLoading = false
  }

  set address(address: string) {
    const before = this.place as ItemAddress | undefined
    this.place = readItemAddress(address)
    const { list, index, view } = this.place
    // A link says how it is looked at; a step to the next image keeps what was chosen.
    if (view.zoom !== undefined || !before) this.#lookAs(view)
    if (before?.list.id !== list.id) this.run = this.shown = this.list = undefined
    if (before?.index !== index || !this.run || !this.list?.isOf(list)) this.#load()
  }

  override connectedCallback() {
    super.connectedCallback()
    this.#remember()
  }

  override render() {
    const { place, run, list, item, problem } = this
    const at = list?.placeOf(place.index)
    const neighbour = (by: 1 | -1) =>
      list && at !== undefined ? list.entries[at - list.first + by]?.index : undefined
    return html`<div class="screen">
      <item-bar .place=${place.list} .run=${nameOfRun(run ?? { id: place.list.id, name: null })} .name=${item?.key ?? `Image ${place.index}`} .at=${at} .total=${list?.total ?? 0}
        .previous=${neighbour(-1)} .next=${neighbour(1)} .classes=${run?.summary ? classNames(run.summary) : new Map()} @step=${(event: CustomEvent<1 | -1>) => this.#step(event.detail)}></item-bar>
      ${problemOfCall(problem ?? this.noList)}
      ${this.isLoading ? html`<p class="small soft" role="status">Reading the masks…</p>` : nothing}
      ${item && !this.isLoading && !this.shown?.pair ? html`<item-facts .item=${item}></item-facts>` : nothing}
      ${this.shown ? this.#pair(this.shown) : nothing}
    </div>`
  }

  #pair({ pair, photo, noPhoto, item }: LoadedItem) {
    if (!pair) return nothing
    const { isLoading } = this
    const notes = warningsOfRowAlone(item, pair.report)
    const seen = { pair, photo, notes, link: this.#link, isLoading, isStale: isLoading }
    return html`${problemOfCall(noPhoto)}${seenPair(seen, this.#look, (match) => this.#rematch(match))}`
  }

  press(key: string): boolean {
    if (key === 'Escape') location.hash = writeRunAddress(this.place.list)
    else if (key === 'j' || key === 'k') this.#step(key === 'j' ? 1 : -1)
    else return this.#pairView?.press(key) ?? false
    return true
  }

  readonly takeDrop = handOverDrop

  retry(): void {
    this.run = this.list = ItemList.last = undefined
    this.#load()
  }

  get #pairView(): PairView | null {
    // An address is set before the element is in the page.
    return this.hasUpdated ? this.renderRoot.querySelector('pair-view') : null
  }

  #lookAs(address: ItemAddress['view']) {
    this.#look.address = address
    if (this.#look.view) this.#pairView?.lookAt(this.#look.view)
  }

  async #load() {
    const { list: place, index } = this.place
    this.#loading.abort()
    this.#loading = new AbortController()
    const { signal } = this.#loading
    this.item = this.list?.entries.find((item) => item.index === index)
    this.problem = this.noList = undefined
    this.isLoading = true
    try {
      this.run ??= await evaluationOf(place.id, signal)
      this.#list(signal)
      const shown = await loadItem(this.run, index, this.#look.match, signal, (item) => {
        this.item = item
      })
      if (signal.aborted) return
      this.shown = shown
      this.isLoading = false
      await this.updateComplete
      this.#remember()
    } catch (error) {
      if (signal.aborted) return
      // Masks of before would be taken for those of this image.
      this.shown = undefined
      this.isLoading = false
      this.problem = problemOf(error)
    }
  }

  /** The images around this one. Without them it is shown all the same. */
  async #list(signal: AbortSignal) {
    const { list: place, index } = this.place
    try {
      const list = await ItemList.open(place, signal, index)
      list.seen = index
      if (signal.aborted) return
      this.list = list
      await Promise.all([list.neighbour(index, 1, signal), list.neighbour(index, -1, signal)])
      if (!signal.aborted) this.requestUpdate()
    } catch (error) {
      if (signal.aborted) return
      this.list = undefined
      this.noList = problemOf(error)
    }
  }

  async #step(by: 1 | -1) {
    const next = await this.list?.neighbour(this.place.index, by, this.#loading.signal)
    // Back leads to the list, and not through every image.
    if (next) location.replace(writeItemAddress(this.place.list, next.index))
  }

  async #rematch(match: Match) {
    const { shown } = this
    this.#look.match = match
    if (!shown?.pair) return
    try {
      const pair = await rematched(shown.pair, match, this.#loading.signal)
      if (shown === this.shown) this.shown = { ...shown, pair }
      this.#remember()
    } catch (error) {
      if (shown === this.shown) this.problem = problemOf(error)
    }
  }

  #link = (): string => {
    const { list, index } = this.place
    return writeItemAddress(list, index, this.#look.address)
  }

  /** While another screen is shown, or another image is awaited, the address stays. */
  #remember() {
    if (this.isConnected && this.shown?.item.index === this.place.index) remember(this.#link())
  }
}
customElements.define('item-screen', ItemScreen)
