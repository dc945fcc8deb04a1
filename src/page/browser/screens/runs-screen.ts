import { css, html, LitElement, nothing } from 'lit'
import { cancelEvaluation, deleteEvaluation, listEvaluations } from '../api/evaluations.ts'
import { isPassing } from '../api/patiently.ts'
import { problemOf, type ShownProblem } from '../api/shown-problem.ts'
import type { Evaluation } from '../api/types.ts'
import { handOverDrop } from '../dataset/hand-over.ts'
import type { ConfirmDialog } from '../elements/confirm-dialog.ts'
import '../elements/confirm-dialog.ts'
import { problemOfCall } from '../elements/problem-of-call.ts'
import '../elements/runs/runs-table.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import { isOver, nameOfRun } from '../runs/run-words.ts'

const refreshMs = 3000

/** The evaluations of the caller, newest first. */
export class RunsScreen extends LitElement {
  static override properties = {
    runs: { state: true },
    next: { state: true },
    problem: { state: true },
    isLoading: { state: true },
    told: { state: true },
  }
  declare runs: readonly Evaluation[]
  declare next: string | null
  declare problem: ShownProblem | undefined
  declare isLoading: boolean
  declare told: string
  #timer: ReturnType<typeof setInterval> | undefined
  /** The service could not be reached when it was asked last. */
  #isAway = false

  static override styles = [
    sharedStyles,
    css`
      .head { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; margin-bottom: .9rem }
      h1 { font-size: 1.35rem; letter-spacing: -.02em; margin-inline-end: auto }
      .empty { padding: clamp(1.5rem, 5vw, 3rem); display: grid; gap: .8rem; justify-items: start } .empty h2 { font-size: 1.2rem }
      pre { margin: 0; padding: .8rem 1rem; border-radius: 8px; background: var(--sunk); overflow-x: auto; max-inline-size: 100%; font-size: .8125rem }
      .more { padding: .6rem 1rem } .list { overflow: hidden }
    `,
  ]

  constructor() {
    super()
    this.runs = []
    this.next = null
    this.isLoading = true
    this.told = ''
  }

  set address(_: string) {
    this.retry()
  }

  override render() {
    const { problem } = this
    return html`<div><div class="head"><h1>Runs</h1><span role="status" class="soft">${this.told || nothing}</span><a class="button primary" href="#/runs/new">New run</a></div>
      ${problemOfCall(problem)}
      ${this.runs.length > 0 ? this.#table() : nothing}
      ${this.isLoading ? html`<p role="status" class="soft">Asking for the runs…</p>` : nothing}
      ${this.runs.length === 0 && !problem && !this.isLoading ? this.#empty() : nothing}
      <confirm-dialog></confirm-dialog></div>`
  }

  #table() {
    return html`<div class="card list"><runs-table .runs=${this.runs} @remove=${(event: CustomEvent<Evaluation>) => this.#askToDelete(event.detail)} @stop=${(event: CustomEvent<Evaluation>) => this.#askToStop(event.detail)}></runs-table>
    ${this.next ? html`<div class="more"><button @click=${this.#more}>Show older runs</button></div>` : nothing}</div>`
  }

  #empty() {
    const call = `curl -F ground_truth=@gt.zip -F prediction=@pred.zip -F name=my-model \\\n     ${new URL('v1/evaluations', document.baseURI)}`
    return html`<section class="card empty">
      <h2>No run yet</h2>
      <p class="soft">A run scores a whole dataset: every image, the worst first, with an honest interval.</p>
      <a class="button primary" href="#/runs/new">Drop two folders or archives</a>
      <p class="soft">Or from a shell:</p><pre tabindex="0">${call}</pre>
    </section>`
  }

  press(): boolean {
    return false
  }

  readonly takeDrop = handOverDrop

  retry(): void {
    this.#load(undefined)
  }

  override connectedCallback() {
    super.connectedCallback()
    this.#timer = setInterval(this.#refresh, refreshMs)
    document.addEventListener('visibilitychange', this.#look)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    clearInterval(this.#timer)
    document.removeEventListener('visibilitychange', this.#look)
  }

  #more = () => this.#load(this.next ?? undefined)

  async #load(cursor: string | undefined) {
    this.isLoading = true
    this.problem = undefined
    try {
      const { entries, next } = await listEvaluations(cursor)
      this.runs = cursor === undefined ? entries : [...this.runs, ...entries]
      this.next = next
      this.#isAway = false
    } catch (error) {
      this.#fail(error)
    } finally {
      this.isLoading = false
    }
  }

  /** Asks again while a run is not over, or nobody answered. */
  #refresh = () => {
    if (this.#isAway || !this.runs.every(isOver)) this.#look()
  }

  /** How far the runs are, new ones, and which are gone: others delete them, too. */
  #look = async () => {
    if (document.hidden || this.isLoading || (this.problem && !this.#isAway)) return
    try {
      const { entries, next } = await listEvaluations(undefined)
      const last = this.runs.findIndex(({ id }) => id === entries.at(-1)?.id)
      // Older ones that are listed already stay, as far as the list goes on with them.
      const older = next !== null && last >= 0 ? this.runs.slice(last + 1) : []
      this.runs = [...entries, ...older]
      if (older.length === 0) this.next = next
      if (this.#isAway) this.problem = undefined
      this.#isAway = false
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(error: unknown) {
    this.problem = problemOf(error)
    this.#isAway = isPassing(error)
    // Runs of another key, for example, are not shown on.
    if (!this.#isAway) this.runs = []
  }

  #askToDelete(run: Evaluation) {
    const name = nameOfRun(run)
    this.#ask(
      `Delete ${name} with its results and uploads? This cannot be undone.`,
      'Delete it',
      async () => {
        await deleteEvaluation(run.id)
        this.runs = this.runs.filter(({ id }) => id !== run.id)
        this.told = `${name} is deleted.`
      },
    )
  }

  #askToStop(run: Evaluation) {
    this.#ask(`Stop ${nameOfRun(run)}? There will be no scores of it.`, 'Stop it', async () => {
      const stopped = await cancelEvaluation(run.id)
      this.runs = this.runs.map((one) => (one.id === run.id ? stopped : one))
    })
  }

  #ask(question: string, yes: string, act: () => Promise<void>) {
    const dialog = this.renderRoot.querySelector('confirm-dialog') as ConfirmDialog
    dialog.ask(question, yes, () =>
      act().catch((error: unknown) => {
        this.problem = problemOf(error)
      }),
    )
  }
}
customElements.define('runs-screen', RunsScreen)
