import { css, html, LitElement, nothing } from 'lit'
import { deleteEvaluation, listEvaluations } from '../api/evaluations.ts'
import { problemOf, type ShownProblem } from '../api/shown-problem.ts'
import type { Evaluation } from '../api/types.ts'
import { entriesOf } from '../dataset/dropped-entries.ts'
import { handOver } from '../dataset/hand-over.ts'
import type { ConfirmDialog } from '../elements/confirm-dialog.ts'
import '../elements/confirm-dialog.ts'
import '../elements/problem-box.ts'
import '../elements/run-state.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import { showCount } from '../elements/show-number.ts'
import { showTime } from '../elements/show-time.ts'

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

  static override styles = [
    sharedStyles,
    css`
      .head { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; margin-bottom: .9rem }
      h1 { font-size: 1.35rem; letter-spacing: -.02em; margin-inline-end: auto }
      .scroll { overflow-x: auto } table { font-size: .875rem }
      th, td { padding: .55rem 1rem; border-top: 1px solid var(--line); vertical-align: baseline } thead th { border-top: 0; color: var(--soft); font-size: .8125rem }
      td.n, th.n { text-align: end } td.name { overflow-wrap: anywhere; min-width: 10rem } .small { font-size: .8125rem; white-space: nowrap }
      .empty { padding: clamp(1.5rem, 5vw, 3rem); display: grid; gap: .8rem; justify-items: start } .empty h2 { font-size: 1.2rem }
      pre { margin: 0; padding: .8rem 1rem; border-radius: 8px; background: var(--sunk); overflow-x: auto; max-inline-size: 100% ; font-size: .8125rem }
      .more { padding: .6rem 1rem }
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
    return html`<div class="head"><h1>Runs</h1><span role="status" class="soft">${this.told || nothing}</span><a class="button" href="#/runs/new">New run</a></div>
      ${problem ? html`<problem-box .problem=${problem.problem} .retryAfter=${problem.retryAfter} .options=${{}} @retry=${() => this.retry()} @key=${() => this.dispatchEvent(new Event('key', { bubbles: true }))}></problem-box>` : nothing}
      ${this.runs.length > 0 ? this.#table() : nothing}
      ${this.isLoading ? html`<p role="status" class="soft">Asking for the runs…</p>` : nothing}
      ${this.runs.length === 0 && !problem && !this.isLoading ? this.#empty() : nothing}
      <confirm-dialog></confirm-dialog>`
  }

  #table() {
    return html`<div class="card scroll" tabindex="0" role="region" aria-label="Runs, newest first"><table>
      <thead><tr><th scope="col">run</th><th scope="col">state</th><th scope="col" class="n">images</th><th scope="col">dataset</th><th scope="col">begun</th><th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead>
      <tbody class="number">${this.runs.map((run) => {
        const name = run.name ?? run.id.slice(0, 8)
        return html`<tr>
          <td class="name"><a href="#/runs/${run.id}">${name}</a></td>
          <td><run-state .run=${run}></run-state></td>
          <td class="n">${run.progress.items > 0 ? showCount(run.progress.items) : '–'}</td>
          <td class="name">${run.dataset ? `${run.dataset.name}, version ${run.dataset.version}` : ''}</td>
          <td class="small soft">${showTime(run.created_at)}</td>
          <td class="small"><a href="#/compare?b=${run.id}" aria-label="Compare ${name}">Compare</a> <button class="plain" aria-label="Delete ${name}" @click=${() => this.#askToDelete(run, name)}>Delete</button></td>
        </tr>`
      })}</tbody>
    </table>
    ${this.next ? html`<div class="more"><button @click=${this.#more}>Show older runs</button></div>` : nothing}</div>`
  }

  #empty() {
    const call = `curl -F ground_truth=@gt.zip -F prediction=@pred.zip -F name=my-model \\\n     ${new URL('v1/evaluations', document.baseURI)}`
    return html`<section class="card empty">
      <h2>No run yet</h2>
      <p class="soft">A run scores a whole dataset: every image, the worst first, with an honest interval.</p>
      <a class="button" href="#/runs/new">Drop two folders or archives</a>
      <p class="soft">Or from a shell:</p><pre tabindex="0">${call}</pre>
    </section>`
  }

  press(): boolean {
    return false
  }

  takeDrop(data: DataTransfer | null): void {
    const entries = entriesOf(data)
    handOver(({ sourcesOfEntries }) => sourcesOfEntries(entries))
  }

  retry(): void {
    this.runs = []
    this.#load(undefined)
  }

  #more = () => this.#load(this.next ?? undefined)

  async #load(cursor: string | undefined) {
    this.isLoading = true
    this.problem = undefined
    try {
      const { entries, next } = await listEvaluations(cursor)
      this.runs = cursor === undefined ? entries : [...this.runs, ...entries]
      this.next = next
    } catch (error) {
      this.problem = problemOf(error)
    } finally {
      this.isLoading = false
    }
  }

  #askToDelete({ id }: Evaluation, name: string) {
    const dialog = this.renderRoot.querySelector('confirm-dialog') as ConfirmDialog
    dialog.ask(
      `Delete ${name} with its results and uploads? This cannot be undone.`,
      'Delete it',
      async () => {
        try {
          await deleteEvaluation(id)
          this.runs = this.runs.filter((run) => run.id !== id)
          this.told = `${name} is deleted.`
        } catch (error) {
          this.problem = problemOf(error)
        }
      },
    )
  }
}
customElements.define('runs-screen', RunsScreen)
