import { css, html, LitElement } from 'lit'
import type { Evaluation } from '../api/types.ts'
import { sharedStyles } from './shared-styles.ts'

/** How far a run is, in a word; a run that left items out never looks like a whole one. */
export class RunState extends LitElement {
  static override properties = { run: { attribute: false } }
  declare run: Evaluation

  static override styles = [
    sharedStyles,
    css`
      :host { display: inline-block }
      span { display: inline-flex; align-items: center; gap: .35rem; padding: .1rem .55rem; border-radius: 99px; border: 1px solid var(--line); background: var(--sunk); font-size: .8125rem; white-space: nowrap }
      .done { color: var(--merge); background: var(--card) } .failed { color: var(--bad); background: var(--bad-soft) } .incomplete { color: var(--warn); background: var(--warn-soft) } .running { color: var(--accent); background: var(--accent-soft) }
    `,
  ]

  override render() {
    const { state, complete, progress } = this.run
    if (state === 'done')
      return complete
        ? html`<span class="done">✓ complete</span>`
        : html`<span class="incomplete">! incomplete${progress.failed > 0 ? `, ${progress.failed} failed` : ''}</span>`
    if (state === 'failed' || state === 'cancelled') return html`<span class="failed">✗ ${state}</span>`
    return html`<span class="running">${state}${progress.items > 0 ? ` ${Math.floor((100 * progress.done) / progress.items)} %` : '…'}</span>`
  }
}
customElements.define('run-state', RunState)
