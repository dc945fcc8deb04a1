import { html, LitElement, nothing } from 'lit'
import type { RunAddress } from '../address/run-address.ts'
import { confusionOfRun, histogramOf } from '../api/evaluations.ts'
import { problemOf, type ShownProblem } from '../api/shown-problem.ts'
import type { Histogram } from '../api/types.ts'
import '../elements/confusion-matrix.ts'
import { problemOfCall } from '../elements/problem-of-call.ts'
import '../elements/runs/class-bars.ts'
import '../elements/runs/run-downloads.ts'
import '../elements/runs/run-scores.ts'
import '../elements/runs/score-histogram.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import '../elements/warning-list.ts'
import { confusionCounts } from '../runs/confusion-counts.ts'
import { goFromHere, isOfClass, rangeOf, withClass, withFilter } from '../runs/place-changes.ts'
import { runNotes } from '../runs/run-notes.ts'
import { classesLeftOut, classNames, classScores, itemScores } from '../runs/run-parts.ts'
import type { Summary } from '../runs/run-scores-of.ts'
import type { RunImages } from './run-images.ts'
import './run-images.ts'
import { runScreenStyles } from './run-screen-styles.ts'

/** A run that is done: its scores, how they are spread, its images. */
export class RunView extends LitElement {
  static override properties = {
    summary: { attribute: false },
    place: { attribute: false },
    histogram: { state: true },
    confusion: { state: true },
    problem: { state: true },
  }
  declare summary: Summary
  declare place: RunAddress
  declare histogram: Histogram | undefined
  /** Undefined while it is not known; null where the run has none. */
  declare confusion: ReturnType<typeof confusionCounts> | null | undefined
  declare problem: ShownProblem | undefined
  /** What the histogram is of. */
  #spread = ''

  static override styles = [sharedStyles, runScreenStyles]

  override willUpdate(changed: Map<string, unknown>) {
    if (!changed.has('place')) return
    const { id, filters } = this.place
    const before = changed.get('place') as RunAddress | undefined
    if (before?.id !== id) {
      this.histogram = this.confusion = this.problem = undefined
      this.#ask(confusionOfRun(id), (confusion) => {
        this.confusion = confusion && confusionCounts(confusion)
      })
    }
    const score = this.#score()
    const label = isOfClass(score) ? filters.class : undefined
    const spread = JSON.stringify([id, score, label])
    if (spread === this.#spread) return
    this.#spread = spread
    this.#ask(histogramOf(id, score, label), (histogram) => {
      if (spread === this.#spread) this.histogram = histogram
    })
  }

  override render() {
    const { summary } = this
    const notes = runNotes(summary)
    return html`<div class="screen">${notes.length > 0 ? html`<warning-list .warnings=${notes}></warning-list>` : nothing}
      <run-scores .summary=${summary}></run-scores>
      ${problemOfCall(this.problem)}
      <div class="columns">${this.#histogram()}${this.#classes()}${this.#confusion()}</div>
      <run-images .summary=${summary} .place=${this.place}></run-images>
      <run-downloads .run=${this.place.id} .summary=${summary}></run-downloads></div>`
  }

  /** Moves the focus through the images. */
  step(by: 1 | -1) {
    ;(this.renderRoot.querySelector('run-images') as RunImages).step(by)
  }

  #histogram() {
    const { histogram, place } = this
    return html`<section class=${histogram || this.problem ? 'card' : 'card awaited'}><h2>How ${this.#score()} is spread</h2>${
      histogram
        ? html`<score-histogram .histogram=${histogram} .range=${rangeOf(place, histogram.score)}
          @range=${(event: CustomEvent<readonly [number, number] | undefined>) => goFromHere((now) => withFilter(now, 'between', event.detail && `${histogram.score}:${event.detail.join(',')}`))}></score-histogram>`
        : nothing
    }</section>`
  }

  #classes() {
    const classes = classScores(this.summary)
    const { class: chosen } = this.place.filters
    if (classes.length === 0) return nothing
    return html`<section class="card"><h2>IoU of classes, worst first</h2>
      <class-bars .classes=${classes} .left=${classesLeftOut(this.summary)} .chosen=${chosen === undefined ? undefined : Number(chosen)} @class=${(event: CustomEvent<number>) => goFromHere((now) => withClass(now, event.detail))}></class-bars></section>`
  }

  #confusion() {
    const { confusion } = this
    // Its place is kept, so that nothing below moves when it is there.
    if (confusion === undefined && !this.problem && classScores(this.summary).length > 0)
      return html`<section class="card awaited matrix"><h2>Confusion</h2></section>`
    if (!confusion) return nothing
    const { counts, notes } = confusion
    return html`<section class="card"><h2>Confusion</h2>
      ${counts.counts.length > 0 ? html`<confusion-matrix canChoose .pairs=${counts} .names=${classNames(this.summary)} @confused=${(event: CustomEvent<readonly number[]>) => goFromHere((now) => withFilter(now, 'confused', event.detail.join(',')))}></confusion-matrix>` : nothing}
      ${notes.map((note) => html`<p class="small soft">${note}</p>`)}</section>`
  }

  /** The score of the histogram: that of the order, where images have one. */
  #score(): string {
    const { sort } = this.place
    return isOfClass(sort) || itemScores(this.summary).includes(sort) ? sort : 'mi_loss'
  }

  /** The answer of a call, unless another run is shown meanwhile. */
  async #ask<Answer>(asked: Promise<Answer>, take: (answer: Answer) => void) {
    const { id } = this.place
    try {
      const answer = await asked
      if (id === this.place.id) take(answer)
    } catch (error) {
      if (id === this.place.id) this.problem = problemOf(error)
    }
  }
}
customElements.define('run-view', RunView)
