import { css, html, LitElement, nothing } from 'lit'
import type { ItemFilter, RunAddress } from '../../address/run-address.ts'
import { confusionOfRun, histogramOf } from '../../api/evaluations.ts'
import { problemOf } from '../../api/shown-problem.ts'
import type { Histogram } from '../../api/types.ts'
import type { PairCounts } from '../../masks/pair-counts.ts'
import { confusionCounts } from '../../runs/confusion-counts.ts'
import type { ClassScore } from '../../runs/run-summary.ts'
import './class-bars.ts'
import '../confusion-matrix.ts'
import './score-histogram.ts'
import { sharedStyles } from '../shared-styles.ts'

/** How a score is spread, the classes, and what was taken for what. Fires `filter` with [name, value or undefined], and `problem`. */
export class RunCharts extends LitElement {
  static override properties = {
    place: { attribute: false },
    score: {},
    classes: { attribute: false },
    names: { attribute: false },
    histogram: { state: true },
    confusion: { state: true },
  }
  declare place: RunAddress
  /** The score of the histogram. */
  declare score: string
  declare classes: readonly ClassScore[]
  declare names: ReadonlyMap<number, string>
  declare histogram: Histogram | undefined
  declare confusion: PairCounts | undefined
  #asking = new AbortController()

  static override styles = [
    sharedStyles,
    css`
      .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: .9rem; align-items: start }
      section { padding: .8rem 1rem; min-width: 0 } h2 { margin-bottom: .5rem }
    `,
  ]

  override willUpdate(changed: Map<string, unknown>) {
    const before = changed.get('place') as RunAddress | undefined
    const isOther = changed.has('place') && before?.id !== this.place.id
    if (isOther) {
      this.#asking.abort()
      this.#asking = new AbortController()
      this.histogram = this.confusion = undefined
      this.#ask(confusionOfRun(this.place.id, this.#asking.signal), (confusion) => {
        this.confusion = confusion ? confusionCounts(confusion) : undefined
      })
    }
    if (isOther || changed.has('score'))
      this.#ask(histogramOf(this.place.id, this.score, this.#asking.signal), (histogram) => {
        if (histogram.score === this.score) this.histogram = histogram
      })
  }

  override render() {
    const { class: chosen } = this.place.filters
    return html`<div class="columns">
      <section class="card"><h2>How ${this.score} is spread</h2>${this.histogram ? html`<score-histogram .histogram=${this.histogram} .range=${this.#range()} @range=${(event: CustomEvent<readonly [number, number] | undefined>) => this.#filter('between', event.detail && `${this.score}:${event.detail.join(',')}`)}></score-histogram>` : html`<p class="soft">Asking…</p>`}</section>
      ${this.classes.length > 0 ? html`<section class="card"><h2>Classes, worst first</h2><class-bars .classes=${this.classes} .chosen=${chosen === undefined ? undefined : Number(chosen)} @class=${(event: CustomEvent<number>) => this.#filter('class', String(event.detail))}></class-bars></section>` : nothing}
      ${this.confusion && this.confusion.counts.length > 0 ? html`<section class="card"><h2>Confusion</h2><confusion-matrix canChoose .pairs=${this.confusion} .names=${this.names} @confused=${(event: CustomEvent<readonly [number, number]>) => this.#filter('confused', event.detail.join(','))}></confusion-matrix></section>` : nothing}
    </div>`
  }

  #range(): readonly [number, number] | undefined {
    const [score, ends = ''] = this.place.filters.between?.split(':') ?? []
    if (score !== this.score) return undefined
    const [low, high] = ends.split(',').map(Number)
    return [low, high]
  }

  #filter(name: ItemFilter, value: string | undefined) {
    this.dispatchEvent(new CustomEvent('filter', { detail: [name, value] }))
  }

  async #ask<Answer>(asked: Promise<Answer>, take: (answer: Answer) => void) {
    const { signal } = this.#asking
    try {
      const answer = await asked
      if (!signal.aborted) take(answer)
    } catch (error) {
      if (!signal.aborted) this.dispatchEvent(new CustomEvent('problem', { detail: problemOf(error) }))
    }
  }
}
customElements.define('run-charts', RunCharts)
