import { css, html, LitElement, nothing } from 'lit'
import type { Evaluation } from '../../api/types.ts'
import { nameOfRun } from '../../runs/run-words.ts'
import '../run-state.ts'
import { sharedStyles } from '../shared-styles.ts'
import { showCount, showScore } from '../show-number.ts'
import { showDuration, showTime } from '../show-time.ts'
import { withCode } from '../with-code.ts'

/** The name of a run, how far it is, and what can be done with it. Fires `cancel`. */
export class RunHead extends LitElement {
  static override properties = { run: { attribute: false } }
  declare run: Evaluation

  static override styles = [
    sharedStyles,
    css`
      .head { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem .9rem }
      h1 { font-size: 1.35rem; line-height: 1.3; letter-spacing: -.02em; overflow-wrap: anywhere } .facts { font-size: .875rem }
      .progress { display: grid; gap: .5rem; margin-top: .8rem; padding: .9rem 1.1rem } progress { inline-size: 100% }
      .line { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1.2rem; font-size: .875rem } .line button { margin-inline-start: auto } strong { color: var(--bad) }
    `,
  ]

  override render() {
    const { run } = this
    const { dataset, created_at: begun, expires_at: expires, matching } = run
    const facts = [
      ...(dataset ? [`${dataset.name}, version ${dataset.version}`] : []),
      ...(matching ? [`matched by ${matching.rule}`] : []),
      showTime(begun),
      ...(expires ? [`kept until ${showTime(expires)}`] : []),
    ]
    return html`<div class="head"><h1>${nameOfRun(run)}</h1><run-state .run=${run}></run-state></div>
      <p class="facts soft">${facts.join(' · ')}</p>
      ${run.finished_at === null ? this.#progress() : nothing}`
  }

  #progress() {
    const { items, done, failed, rate, eta_seconds: eta } = this.run.progress
    const loss = this.run.partial?.mi_loss
    const { waiting } = this.run
    const left = eta === null ? '' : ` · about ${showDuration(eta)} left`
    return html`<div class="card progress" aria-live="off">
      <progress aria-label="Images scored" max=${Math.max(1, items)} .value=${done}></progress>
      <div class="line number"><span>${showCount(done)} of ${items === 0 ? 'an unknown number of' : showCount(items)} images${rate > 0 ? ` · ${rate < 10 ? rate.toFixed(1) : showCount(Math.round(rate))} a second` : ''}${left}</span>
        ${failed > 0 ? html`<strong>${showCount(failed)} failed</strong>` : nothing}
        ${loss === null || loss === undefined ? nothing : html`<span class="soft" title=${loss}>mi_loss so far ${showScore(loss)}</span>`}
        <button @click=${() => this.dispatchEvent(new Event('cancel'))}>Cancel</button></div>
      ${waiting ? html`<p><strong>It waits.</strong> ${withCode(waiting.detail)} It goes on by itself. ${withCode(waiting.remedy)}</p>` : nothing}
    </div>`
  }
}
customElements.define('run-head', RunHead)
