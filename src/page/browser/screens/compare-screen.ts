import { html, LitElement, nothing } from 'lit'
import {
  type CompareAddress,
  comparedLayers,
  readCompareAddress,
  writeCompareAddress,
} from '../address/compare-address.ts'
import type { ComparedItem, RunPair } from '../api/comparison.ts'
import { problemOf, type ShownProblem } from '../api/shown-problem.ts'
import { type ComparedMasks, loadMasks } from '../compare/compared-masks.ts'
import {
  type ComparedImages,
  type ComparedRuns,
  loadImages,
  loadMore,
  loadRuns,
} from '../compare/load-comparison.ts'
import { handOverDrop } from '../dataset/hand-over.ts'
import '../compare/difference-table.ts'
import { problemOfCall } from '../elements/problem-of-call.ts'
import '../compare/regression-list.ts'
import { LastWork } from '../api/last-work.ts'
import { recolour } from '../elements/recolour.ts'
import '../elements/run-picker.ts'
import '../compare/score-scatter.ts'
import type { ThreeViews } from '../compare/three-views.ts'
import { ScoreTitles } from '../elements/score-titles.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import { showCount } from '../elements/show-number.ts'
import '../compare/three-views.ts'
import '../elements/warning-list.ts'
import { type RunChoices, runChoices } from '../runs/run-choices.ts'
import { compareScreenStyles } from './compare-screen-styles.ts'

/** Is the new run better, and where did it get worse? */
export class CompareScreen extends LitElement {
  static override properties = {
    place: { state: true },
    choices: { state: true },
    known: { state: true },
    images: { state: true },
    masks: { state: true },
    noRuns: { state: true },
  }
  declare place: CompareAddress
  declare choices: RunChoices | undefined
  declare known: ComparedRuns | undefined
  declare images: ComparedImages | undefined
  declare masks: ComparedMasks | undefined
  /** Why there are no runs to choose from. */
  declare noRuns: ShownProblem | undefined
  readonly #work = new LastWork(this)

  readonly #titles = new ScoreTitles(this)

  static override styles = [sharedStyles, compareScreenStyles]

  constructor() {
    super()
    this.place = readCompareAddress('')
  }

  set address(address: string) {
    const before = this.place
    this.place = readCompareAddress(address)
    if (before.a !== this.place.a || before.b !== this.place.b) this.retry()
    else if (before.score !== this.place.score) this.#work.run((signal) => this.#loadScore(signal))
    else if (before.item !== this.place.item) this.#work.run((signal) => this.#loadItem(signal))
  }

  override connectedCallback() {
    super.connectedCallback()
    this.#loadRuns()
  }

  override render() {
    const { a, b } = this.place
    return html`<div class="screen"><h1>Compare two runs</h1>
      <section class="card pickers" aria-label="Which runs">
        <run-picker caption="A, the one before" .choices=${this.choices} @older=${() => this.#loadRuns(this.choices)} .chosen=${a} @run=${(event: CustomEvent<string>) => this.#go({ a: event.detail, item: undefined })}></run-picker>
        <button title="Exchange the runs (x)" aria-label="Exchange the runs" ?disabled=${!a || !b} @click=${this.#exchange}>⇄</button>
        <run-picker caption="B, the new one" .choices=${this.choices} @older=${() => this.#loadRuns(this.choices)} .chosen=${b} @run=${(event: CustomEvent<string>) => this.#go({ b: event.detail, item: undefined })}></run-picker>
      </section>
      ${problemOfCall(this.#work.problem ?? this.noRuns)}
      ${this.#work.isRunning ? html`<p role="status" class="soft">Comparing…</p>` : nothing}
      ${!a || !b ? html`<p class="soft">Choose two runs on the same ground truth. What got worse stands first.</p>` : nothing}
      ${this.known ? this.#summary(this.known) : nothing}
      ${this.known && this.images ? this.#images(this.known, this.images) : nothing}
      ${this.masks ? this.#views(this.masks) : nothing}
    </div>`
  }

  #summary({ comparison: { scores, items, warnings }, directions }: ComparedRuns) {
    const left = [
      [items.only_a, 'scored in A alone'],
      [items.only_b, 'scored in B alone'],
      [items.failed_a, 'failed or skipped in A'],
      [items.failed_b, 'failed or skipped in B'],
    ] as const
    return html`${warnings.length > 0 ? html`<warning-list .warnings=${warnings}></warning-list>` : nothing}
      <section class="card"><h2>Scores over ${showCount(items.both)} images that both runs scored${left.map(([count, what]) => (count > 0 ? html`, <span class="bad">${showCount(count)} ${what}</span>` : nothing))}</h2>
        <difference-table .scores=${scores} .isHigherBetter=${directions}></difference-table></section>`
  }

  #images({ scores, directions }: ComparedRuns, { items, total, scatter }: ComparedImages) {
    const { score, item } = this.place
    const isHigher = directions.get(score)
    const names = scores.includes(score) ? scores : [score, ...scores]
    const open = (event: CustomEvent<number>) => this.#go({ item: event.detail })
    return html`<div class="columns">
      <section class="card"><div class="head"><h2>Image by image</h2><label>by <select title=${this.#titles.of(score)} @change=${(event: Event) => this.#go({ score: (event.target as HTMLSelectElement).value })}>${names.map((name) => html`<option title=${this.#titles.of(name)} ?selected=${name === score}>${name}</option>`)}</select></label></div>
        <score-scatter .scatter=${scatter} .score=${score} .isHigherBetter=${isHigher} .chosen=${item} @item=${open}></score-scatter></section>
      <section class="card"><h2>Worst regressions first</h2>
        <regression-list .items=${items} .total=${total} .score=${score} .isHigherBetter=${isHigher} .chosen=${item} @item=${open} @more=${() => this.#work.run((signal) => this.#loadMore(signal))}></regression-list></section>
    </div>`
  }

  #views(masks: ComparedMasks) {
    const { item } = masks
    const key = this.images?.items.find(({ index }) => index === item)?.key ?? `image ${item}`
    return html`<section class="card" aria-label="The image"><h2 class="key">${key}</h2>
      <three-views .shown=${masks} .layer=${this.place.layer} @layer=${(event: CustomEvent<CompareAddress['layer']>) => this.#go({ layer: event.detail })}></three-views></section>`
  }

  /** @returns whether the key does something here */
  press(key: string): boolean {
    const views = this.renderRoot.querySelector('three-views') as ThreeViews | null
    const layer = comparedLayers[Number(key) - 1]
    if (key === 'x' && this.place.a && this.place.b) this.#exchange()
    else if ((key === 'j' || key === 'k') && this.images) this.#step(key === 'j' ? 1 : -1, this.images.items)
    else if (key === 'Enter' && this.place.b && this.place.item !== undefined)
      location.hash = `#/runs/${this.place.b}/items/${this.place.item}`
    else if (key === 'c' && views) recolour(views.renderRoot)
    else if (views && layer) this.#go({ layer })
    else if (views && (key === '+' || key === '=' || key === '-')) views.zoomBy(key === '-' ? -1 : 1)
    else if (views && key === '0') views.fit()
    else return false
    return true
  }

  readonly takeDrop = handOverDrop

  /** Asks for all of it, also once more with another key. */
  retry(): void {
    this.known = this.images = this.masks = undefined
    if (this.isConnected) this.#loadRuns()
    const runs = this.#pair
    if (!runs) {
      this.#work.end(undefined)
      return
    }
    this.#work.run(async (signal) => {
      this.known = await loadRuns(runs, signal)
      await this.#loadScore(signal)
    })
  }

  #exchange = () => this.#go({ a: this.place.b, b: this.place.a })

  #step(by: 1 | -1, entries: readonly ComparedItem[]) {
    const at = entries.findIndex(({ index }) => index === this.place.item)
    const next = entries[at < 0 ? (by === 1 ? 0 : entries.length - 1) : at + by]
    if (next) this.#go({ item: next.index })
  }

  /** Other runs are a place of their own, to which Back leads; what is looked at is not. */
  #go(change: Partial<CompareAddress>) {
    const place = { ...this.place, ...change }
    const hash = writeCompareAddress(place)
    if ('a' in change || 'b' in change) location.hash = hash
    else {
      history.replaceState(null, '', hash)
      this.address = hash.slice(1)
    }
  }

  async #loadRuns(known?: RunChoices) {
    try {
      this.choices = await runChoices(known)
      this.noRuns = undefined
    } catch (error) {
      this.noRuns = problemOf(error)
    }
  }

  get #pair(): RunPair | undefined {
    const { a, b } = this.place
    return a && b ? { a, b } : undefined
  }

  async #loadScore(signal: AbortSignal) {
    if (!this.#pair) return
    this.images = await loadImages(this.#pair, this.place.score, signal)
    await this.#loadItem(signal)
  }

  async #loadMore(signal: AbortSignal) {
    if (this.#pair && this.images)
      this.images = await loadMore(this.#pair, this.place.score, this.images, signal)
  }

  async #loadItem(signal: AbortSignal) {
    const { item } = this.place
    this.masks = item === undefined || !this.#pair ? undefined : await loadMasks(this.#pair, item, signal)
  }
}
customElements.define('compare-screen', CompareScreen)
