import { css, html, LitElement, nothing } from 'lit'
import type { Evaluation } from '../../api/types.ts'
import { ScoreTitles } from '../score-titles.ts'
import '../run-state.ts'
import { isOver, nameOfRun } from '../../runs/run-words.ts'
import { sharedStyles } from '../shared-styles.ts'
import { showCount, showScore } from '../show-number.ts'
import { showTime } from '../show-time.ts'

/** Runs as rows. Fires `remove` and `stop` with a run. */
export class RunsTable extends LitElement {
  static override properties = { runs: { attribute: false } }
  declare runs: readonly Evaluation[]

  readonly #titles = new ScoreTitles(this)

  static override styles = [
    sharedStyles,
    css`
      .scroll { position: relative; overflow-x: auto } table { font-size: .875rem }
      th, td { padding: .55rem 1rem; border-top: 1px solid var(--line); vertical-align: baseline } thead th { border-top: 0; color: var(--soft); font-size: .8125rem; white-space: nowrap }
      td.n, th.n { text-align: end } td.name { overflow-wrap: anywhere; min-width: 10rem } .small { font-size: .8125rem; white-space: nowrap } .small a, .small button { display: inline-flex; min-height: 1.75rem; padding: .25rem .4rem; font-size: .8125rem } .small button { color: var(--bad) }
      /* A narrow window has a card for each run. */
      @media (max-width: 54rem) {
        table, tbody { display: block } thead { position: absolute; clip-path: inset(50%) }
        tr { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem 1rem; padding: .7rem 1rem; border-top: 1px solid var(--line) } tbody tr:first-child { border-top: 0 }
        td { padding: 0; border: 0 } td.name { flex: 1 1 100% } td:last-child { margin-inline-start: -.4rem } td.n { text-align: start } td[data-name]::before { content: attr(data-name) ' '; color: var(--soft); font-size: .8125rem }
      }
      @media (min-width: 40rem) and (max-width: 54rem) {
        td.name:first-child { flex-basis: calc(100% - 11rem) } td:last-child { order: -1; margin: 0 } td.name:first-child { order: -2 } td:nth-child(2) { flex: 0 0 10.5rem } td[data-name] { flex: 0 0 7.6rem } td[data-name='images'] { flex-basis: 5.5rem }
      }
    `,
  ]

  override render() {
    const hasDatasets = this.runs.some(({ dataset }) => dataset)
    const head = (name: string, isNumber = false, score = '') =>
      html`<th scope="col" role="columnheader" class=${isNumber ? 'n' : ''} title=${this.#titles.of(score)}>${name}</th>`
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Runs, newest first"><table role="table">
      <thead role="rowgroup"><tr role="row">${head('run')}${head('state')}${head('images', true)}${head('mi_loss', true, 'mi_loss')}${head('mean IoU', true, 'mean_iou')}${hasDatasets ? head('dataset') : nothing}${head('begun')}<th scope="col" role="columnheader"><span class="visually-hidden">Actions</span></th></tr></thead>
      <tbody class="number" role="rowgroup">${this.runs.map((run) => this.#row(run, hasDatasets))}</tbody>
    </table></div>`
  }

  #row(run: Evaluation, hasDatasets: boolean) {
    const name = nameOfRun(run)
    const { dataset, headline, progress } = run
    return html`<tr role="row">
      <td class="name" role="cell"><a href="#/runs/${run.id}">${name}</a></td>
      <td role="cell"><run-state .run=${run}></run-state></td>
      <td class="n" role="cell" data-name="images">${progress.items > 0 ? showCount(progress.items) : '–'}</td>
      <td class="n" role="cell" data-name="mi_loss" title=${headline?.mi_loss ?? nothing}>${showScore(headline?.mi_loss)}</td>
      <td class="n" role="cell" data-name="mean IoU" title=${headline?.mean_iou ?? nothing}>${showScore(headline?.mean_iou)}</td>
      ${hasDatasets ? html`<td class="name" role="cell">${dataset ? `${dataset.name}, version ${dataset.version}` : ''}</td>` : nothing}
      <td class="small soft" role="cell">${showTime(run.created_at)}</td>
      <td class="small" role="cell">${
        isOver(run)
          ? html`<a href="#/compare?b=${run.id}" aria-label="Compare ${name}">Compare</a> <button class="plain" aria-label="Delete ${name}" @click=${() => this.#fire('remove', run)}>Delete</button>`
          : html`<button class="plain" aria-label="Stop ${name}" @click=${() => this.#fire('stop', run)}>Stop</button>`
      }</td>
    </tr>`
  }

  #fire(type: string, run: Evaluation) {
    this.dispatchEvent(new CustomEvent(type, { detail: run }))
  }
}
customElements.define('runs-table', RunsTable)
