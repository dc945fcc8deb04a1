import { css, html, LitElement, nothing } from 'lit'
import { type ItemFilter, type RunAddress, readRunAddress, writeRunAddress } from '../address/run-address.ts'
import { cancelEvaluation, changedEvaluation, evaluationOf } from '../api/evaluations.ts'
import { problemOf, type ShownProblem } from '../api/shown-problem.ts'
import type { Evaluation } from '../api/types.ts'
import '../elements/problem-box.ts'
import '../elements/runs/run-charts.ts'
import '../elements/runs/run-downloads.ts'
import '../elements/runs/run-head.ts'
import type { RunItems } from '../elements/runs/run-items.ts'
import '../elements/runs/run-items.ts'
import '../elements/runs/run-scores.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import '../elements/warning-list.ts'
import { classScores, itemScores, notesOf } from '../runs/run-summary.ts'
import { usualOrder } from '../runs/usual-order.ts'

const isOver = ({ state }: Evaluation) => state === 'done' || state === 'failed' || state === 'cancelled'

/** One run: its progress, its scores, its images worst first. */
export class RunScreen extends LitElement {
  static override properties = {
    place: { state: true },
    run: { state: true },
    problem: { state: true },
    isLoading: { state: true },
  }
  declare place: RunAddress
  declare run: Evaluation | undefined
  declare problem: ShownProblem | undefined
  declare isLoading: boolean
  #following = new AbortController()

  static override styles = [
    sharedStyles,
    css`
      .screen { display: grid; gap: .9rem; min-width: 0 }
      .failed { display: grid; gap: .5rem; padding: 1rem 1.2rem; border-inline-start: 4px solid var(--bad); background: var(--bad-soft) } .failed p { overflow-wrap: anywhere }
    `,
  ]

  set address(address: string) {
    const { id } = (this.place as RunAddress | undefined) ?? {}
    this.place = readRunAddress(address)
    if (id !== this.place.id || !this.run) this.retry()
  }

  override connectedCallback() {
    super.connectedCallback()
    if (this.run && !isOver(this.run)) this.#follow(this.run)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#following.abort()
  }

  override render() {
    const { run, problem } = this
    return html`<div class="screen">
      ${problem ? html`<problem-box .problem=${problem.problem} .retryAfter=${problem.retryAfter} .options=${{}} @retry=${() => this.retry()} @key=${() => this.dispatchEvent(new Event('key', { bubbles: true }))}></problem-box>` : nothing}
      ${run ? html`<run-head .run=${run} @cancel=${this.#cancel}></run-head>` : nothing}
      ${this.isLoading ? html`<p role="status" class="soft">Asking for the run…</p>` : nothing}
      ${run?.problem ? html`<section class="card failed" role="alert"><h2>${run.problem.code}</h2><p>${run.problem.detail}</p><p><strong>What to do:</strong> ${run.problem.remedy}</p></section>` : nothing}
      ${run?.state === 'done' && run.summary ? this.#results(run.summary) : nothing}
    </div>`
  }

  #results(summary: NonNullable<Evaluation['summary']>) {
    const { place } = this
    const notes = notesOf(summary)
    const classes = classScores(summary)
    const names = new Map(classes.map(({ label, name }) => [label, name ?? String(label)]))
    const score = itemScores(summary).includes(place.sort) ? place.sort : 'mi_loss'
    const tell = (event: CustomEvent<ShownProblem>) => {
      this.problem = event.detail
    }
    return html`<run-scores .summary=${summary}></run-scores>
      ${notes.length > 0 ? html`<warning-list .warnings=${notes}></warning-list>` : nothing}
      <run-charts .place=${place} .score=${score} .classes=${classes} .names=${names} @problem=${tell}
        @filter=${(event: CustomEvent<readonly [ItemFilter, string | undefined]>) => this.#filter(...event.detail)}></run-charts>
      <run-items .place=${place} .summary=${summary} .names=${names} @problem=${tell} @go=${(event: CustomEvent<RunAddress>) => this.#go(event.detail)}></run-items>
      <run-downloads .run=${place.id} .summary=${summary}></run-downloads>`
  }

  press(key: string): boolean {
    if (key === 'j')
      return (this.renderRoot.querySelector('run-items') as RunItems | null)?.focusFirst() ?? false
    if (key !== 'Escape') return false
    location.hash = '#/runs'
    return true
  }

  takeDrop(): void {
    location.hash = '#/runs/new'
  }

  async retry() {
    this.#following.abort()
    const following = new AbortController()
    this.#following = following
    this.run = this.problem = undefined
    this.isLoading = true
    try {
      const run = await evaluationOf(this.place.id, following.signal)
      if (following.signal.aborted) return
      this.run = run
      if (!isOver(run)) this.#follow(run)
    } catch (error) {
      if (!following.signal.aborted) this.problem = problemOf(error)
    } finally {
      if (following === this.#following || !following.signal.aborted) this.isLoading = false
    }
  }

  /** Asks for every change until the run is over. */
  async #follow(run: Evaluation) {
    this.#following.abort()
    const following = new AbortController()
    this.#following = following
    try {
      let current = run
      while (!isOver(current)) {
        current = (await changedEvaluation(current, following.signal)) ?? current
        this.run = current
      }
    } catch (error) {
      if (!following.signal.aborted) this.problem = problemOf(error)
    }
  }

  /** A class is looked at by its own IoU, worst first. */
  #filter(name: ItemFilter, value: string | undefined) {
    const { [name]: _, ...others } = this.place.filters
    const filters: RunAddress['filters'] = value === undefined ? others : { ...others, [name]: value }
    const sort = name === 'class' && value !== undefined ? 'iou' : this.place.sort
    const isOrphan = sort === 'iou' && filters.class === undefined
    this.#go({ ...this.place, filters, sort: isOrphan ? 'mi_loss' : sort, order: usualOrder(sort) })
  }

  /** Back undoes a filter, as it undoes a step to another screen. */
  #go(place: RunAddress) {
    location.hash = writeRunAddress(place)
  }

  #cancel = async () => {
    if (!this.run) return
    try {
      const run = await cancelEvaluation(this.run.id)
      this.run = run
      if (!isOver(run)) this.#follow(run)
    } catch (error) {
      this.problem = problemOf(error)
    }
  }
}
customElements.define('run-screen', RunScreen)
