import { css, html, LitElement, nothing } from 'lit'
import type { AnnotatorsAddress } from '../address/annotators-address.ts'
import { betterDirections } from '../api/comparison.ts'
import { evaluationOf, itemsOf } from '../api/evaluations.ts'
import { LastWork } from '../api/last-work.ts'
import type { Evaluation, Item } from '../api/types.ts'
import { problemOfCall } from '../elements/problem-of-call.ts'
import { columnsOf, worstFirst } from './value-rows.ts'
import '../elements/run-picker.ts'
import { ScoreTitles } from '../elements/score-titles.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import { showCount, showScore } from '../elements/show-number.ts'
import { type RunChoices, runChoices } from '../runs/run-choices.ts'
import './value-bars.ts'

/** Scores of a run by a column of its manifest, such as the annotator, and the images where one deviates most. Fires `place`. */
export class RunAnnotators extends LitElement {
  static override properties = {
    place: { attribute: false },
    choices: { state: true },
    run: { state: true },
    items: { state: true },
    directions: { state: true },
  }
  declare place: AnnotatorsAddress
  declare choices: RunChoices | undefined
  declare run: Evaluation | undefined
  declare items:
    | { readonly of: string; readonly entries: readonly Item[]; readonly total: number }
    | undefined
  declare directions: ReadonlyMap<string, boolean>
  readonly #work = new LastWork(this)

  readonly #titles = new ScoreTitles(this)

  static override styles = [
    sharedStyles,
    css`
      section { padding: .9rem 1.1rem; display: grid; gap: .8rem; min-width: 0 } section > * { min-width: 0 } .fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr)); gap: .8rem }
      label { display: grid; gap: .15rem; font-size: .8125rem; font-weight: 600 } select { inline-size: 100%; min-width: 0; font-weight: 400 }
      h3 { font-size: .875rem; margin-bottom: .3rem; overflow-wrap: anywhere } table { font-size: .875rem; max-inline-size: 40rem } td, th { padding: .25rem .8rem .25rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere } .n { text-align: end; white-space: nowrap; overflow-wrap: normal }
    `,
  ]

  constructor() {
    super()
    this.directions = new Map()
  }

  override connectedCallback() {
    super.connectedCallback()
    this.retry()
  }

  /** Asks for the runs, and for the one that is looked at. */
  retry() {
    this.run = undefined
    this.#work.run(async (signal) => {
      const [choices, directions] = await Promise.all([runChoices(), betterDirections()])
      this.choices = choices
      this.directions = directions
      await this.#loadPlace(signal)
    })
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('place') && changed.get('place') !== undefined)
      this.#work.run((signal) => this.#loadPlace(signal))
  }

  override render() {
    const { run, score } = this.place
    return html`<section class="card"><h2>Annotators of a run</h2>
      ${problemOfCall(this.#work.problem)}
      <div class="fields"><run-picker caption="Run" .choices=${this.choices} @older=${this.#older} .chosen=${run} @run=${(event: CustomEvent<string>) => this.#go({ run: event.detail, column: undefined, value: undefined })}></run-picker>${this.run ? this.#fields(this.run, score) : nothing}</div>
      ${this.run ? this.#bars(this.run) : html`<p class="soft">A run whose manifest has a column for the annotator, sent with <code>by</code>, tells the scores of each.</p>`}
      ${this.items ? this.#images(this.items) : nothing}</section>`
  }

  #older = () =>
    this.#work.run(async () => {
      this.choices = await runChoices(this.choices)
    })

  #column(run: Evaluation): string | undefined {
    const names = Object.keys(columnsOf(run))
    return names.find((name) => name === (this.place.column ?? 'annotator')) ?? names[0]
  }

  #fields(run: Evaluation, score: string) {
    const column = this.#column(run)
    if (column === undefined) return nothing
    const scores = Object.keys(columnsOf(run)[column][0]?.macro ?? {})
    const choice = (caption: string, names: readonly string[], chosen: string, set: (name: string) => void) =>
      html`<label>${caption}<select title=${this.#titles.of(chosen)} @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>${names.map((name) => html`<option title=${this.#titles.of(name)} ?selected=${name === chosen}>${name}</option>`)}</select></label>`
    return html`${choice('By', Object.keys(columnsOf(run)), column, (name) => this.#go({ column: name, value: undefined }))}
      ${choice('Score', scores.includes(score) ? scores : [score, ...scores], score, (name) => this.#go({ score: name }))}`
  }

  #bars(run: Evaluation) {
    const column = this.#column(run)
    if (column === undefined)
      return html`<p>This run tells its scores by no column. Send it with a manifest, and name its column in <code>by</code>.</p>`
    const { score, value } = this.place
    const rows = worstFirst(columnsOf(run)[column], score, this.directions.get(score))
    return html`<value-bars .rows=${rows} .score=${score} .chosen=${value} @value=${(event: CustomEvent<string>) => this.#go({ column, value: event.detail })}></value-bars>
      <p class="soft">Means over images, the worst first; n is the number of images.</p>`
  }

  #images({ of, entries, total }: NonNullable<RunAnnotators['items']>) {
    const { run, score } = this.place
    return html`<div><h3>Where ${of} deviates most, ${showCount(entries.length)} of ${showCount(total)} images</h3><table>
      <thead><tr><th scope="col">image</th><th scope="col" class="n">${score}</th></tr></thead>
      <tbody class="number">${entries.map(({ index, key, scores, status }) => html`<tr><td><a href="#/runs/${run}/items/${index}">${key}</a></td><td class="n" title=${String(scores[score])}>${status === 'scored' ? showScore(scores[score]) : status}</td></tr>`)}</tbody></table></div>`
  }

  #go(change: Partial<AnnotatorsAddress>) {
    this.dispatchEvent(new CustomEvent('place', { detail: { ...this.place, ...change } }))
  }

  async #loadPlace(signal: AbortSignal): Promise<void> {
    const { run, value, score } = this.place
    if (run === undefined || run === '') {
      this.run = this.items = undefined
      return
    }
    if (this.run?.id !== run) {
      this.items = undefined
      this.run = await evaluationOf(run, signal)
    }
    const column = this.#column(this.run)
    if (column === undefined || value === undefined) {
      this.items = undefined
      return
    }
    const { entries, total } = await itemsOf(
      run,
      { by: `${column}:${value}`, sort: score },
      { limit: 20 },
      signal,
    )
    this.items = { of: value, entries, total }
  }
}
customElements.define('run-annotators', RunAnnotators)
