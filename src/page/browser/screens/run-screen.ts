import { html, LitElement, nothing } from 'lit'
import { type RunAddress, readRunAddress } from '../address/run-address.ts'
import { cancelEvaluation, changedEvaluation, evaluationOf } from '../api/evaluations.ts'
import { patiently } from '../api/patiently.ts'
import { problemOf, type ShownProblem, toldProblem } from '../api/shown-problem.ts'
import type { Evaluation } from '../api/types.ts'
import { handOverDrop } from '../dataset/hand-over.ts'
import type { ConfirmDialog } from '../elements/confirm-dialog.ts'
import '../elements/confirm-dialog.ts'
import { problemOfCall } from '../elements/problem-of-call.ts'
import '../elements/runs/run-head.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import { ItemList } from '../runs/item-list.ts'
import { isOver } from '../runs/run-words.ts'
import { runScreenStyles } from './run-screen-styles.ts'
import type { RunView } from './run-view.ts'
import './run-view.ts'

/** One run: how far it is, and what came of it. */
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

  static override styles = [sharedStyles, runScreenStyles]

  constructor() {
    super()
    this.isLoading = false
  }

  set address(address: string) {
    const before = this.place as RunAddress | undefined
    this.place = readRunAddress(address)
    if (before?.id !== this.place.id || !this.run || this.problem) this.#load()
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
    const { run } = this
    return html`<div class="screen">
      ${problemOfCall(this.problem)}
      ${run ? html`<run-head .run=${run} @cancel=${this.#askToCancel}></run-head>` : html`<h1 class="visually-hidden">Run</h1>`}
      ${this.isLoading ? html`<p role="status" class="soft">Asking for the run…</p>` : nothing}
      ${problemOfCall(run?.problem ? toldProblem('This run failed', run.problem) : undefined)}
      ${run?.state === 'cancelled' ? html`<p class="card stopped">It was stopped before every image was scored, so there is no summary.</p>` : nothing}
      ${run?.summary ? html`<run-view .summary=${run.summary} .place=${this.place}></run-view>` : nothing}
      <confirm-dialog></confirm-dialog>
    </div>`
  }

  press(key: string): boolean {
    const view = this.renderRoot.querySelector('run-view') as RunView | null
    if (key === 'Escape') location.hash = '#/runs'
    else if (view && (key === 'j' || key === 'k')) view.step(key === 'j' ? 1 : -1)
    else return false
    return true
  }

  readonly takeDrop = handOverDrop

  retry(): void {
    ItemList.last = undefined
    this.#load()
  }

  async #load() {
    this.run = this.problem = undefined
    await this.#watch(async (signal) => {
      this.isLoading = true
      try {
        return await evaluationOf(this.place.id, signal)
      } finally {
        this.isLoading = false
      }
    })
  }

  #follow = (run: Evaluation) => this.#watch(async () => run)

  /** Shows a run, and every change of it until it is over, also when the service is away meanwhile. */
  async #watch(first: (signal: AbortSignal) => Promise<Evaluation>) {
    this.#following.abort()
    this.#following = new AbortController()
    const { signal } = this.#following
    const tell = (problem: ShownProblem | undefined) => {
      this.problem = problem
    }
    try {
      let run = await patiently(() => first(signal), tell, signal)
      while (!signal.aborted) {
        this.run = run
        if (isOver(run)) return
        const known = run
        run = (await patiently(() => changedEvaluation(known, signal), tell, signal)) ?? known
      }
    } catch (error) {
      if (signal.aborted) return
      // What is gone, or not to be seen any more, would look as if it went on.
      this.run = undefined
      this.problem = problemOf(error)
    }
  }

  #askToCancel = () => {
    const dialog = this.renderRoot.querySelector('confirm-dialog') as ConfirmDialog
    dialog.ask('Stop this run? What is scored so far is kept, but gives no summary.', 'Stop it', async () => {
      const { id } = this.place
      try {
        const cancelled = await cancelEvaluation(id)
        if (id === this.place.id) this.#follow(cancelled)
      } catch (error) {
        if (id === this.place.id) this.problem = problemOf(error)
      }
    })
  }
}
customElements.define('run-screen', RunScreen)
