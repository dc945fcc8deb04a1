import { css, html, LitElement, nothing } from 'lit'
import type { Evaluation } from '../../api/types.ts'
import '../run-state.ts'
import { isOver, nameOfRun } from '../../runs/run-words.ts'
import { sharedStyles } from '../shared-styles.ts'
import { showCount, showScore } from '../show-number.ts'
import { showTime } from '../show-time.ts'

/** Runs as rows. Fires `remove` and `stop` with a run. */
export class RunsTable extends LitElement {
  static override properties = { runs: { attribute: false } }
  declare runs: readonly Evaluation[]

  static override styles = [
    sharedStyles,
    css`
      .scroll { position: relative; overflow-x: auto } table { font-size: .875rem }
      th, td { padding: .55rem 1rem; border-top: 1px solid var(--line); vertical-align: baseline } thead th { border-top: 0; color: var(--soft); font-size: .8125rem; white-space: nowrap }
      td.n, th.n { text-align: end } td.name { overflow-wrap: anywhere; min-width: 10rem } .small { font-size: .8125rem; white-space: nowrap } .small a { display: inline-block; padding: .25rem .2rem }
    `,
  ]

  override render() {
    const hasDatasets = this.runs.some(({ dataset }) => dataset)
    const head = (name: string, isNumber = false) =>
      html`<th scope="col" class=${isNumber ? 'n' : ''}>${name}</th>`
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Runs, newest first"><table>
      <thead><tr>${head('run')}${head('state')}${head('images', true)}${head('mi_loss', true)}${head('mean IoU', true)}${hasDatasets ? head('dataset') : nothing}${head('begun')}<th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead>
      <tbody class="number">${this.runs.map((run) => this.#row(run, hasDatasets))}</tbody>
    </table></div>`
  }

  #row(run: Evaluation, hasDatasets: boolean) {
    const name = nameOfRun(run)
    const { dataset, headline, progress } = run
    return html`<tr>
      <td class="name"><a href="#/runs/${run.id}">${name}</a></td>
      <td><run-state .run=${run}></run-state></td>
      <td class="n">${progress.items > 0 ? showCount(progress.items) : '–'}</td>
      <td class="n">${showHeadline(headline?.mi_loss)}</td>
      <td class="n">${showHeadline(headline?.mean_iou)}</td>
      ${hasDatasets ? html`<td class="name">${dataset ? `${dataset.name}, version ${dataset.version}` : ''}</td>` : nothing}
      <td class="small soft">${showTime(run.created_at)}</td>
      <td class="small">${
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

const showHeadline = (score: number | null | undefined): string =>
  score === undefined ? '' : showScore(score)
