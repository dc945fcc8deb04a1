import { css, html, LitElement } from 'lit'
import type { Evaluation } from '../api/types.ts'
import { sharedStyles } from './shared-styles.ts'
import { showTime } from './show-time.ts'

/** One of the runs that have ended. Fires `run` with its id. */
export class RunPicker extends LitElement {
  static override properties = { runs: { attribute: false }, chosen: { attribute: false }, caption: {} }
  declare runs: readonly Evaluation[]
  declare chosen: string | undefined
  declare caption: string

  static override styles = [
    sharedStyles,
    css`label { display: grid; gap: .15rem; font-size: .8125rem; font-weight: 600 } select { inline-size: 100%; min-width: 0; font-weight: 400 }`,
  ]

  override render() {
    const isKnown = this.runs.some(({ id }) => id === this.chosen)
    return html`<label>${this.caption}<select @change=${(event: Event) => this.dispatchEvent(new CustomEvent('run', { detail: (event.target as HTMLSelectElement).value }))}>
      ${isKnown ? undefined : html`<option value=${this.chosen ?? ''} selected>${this.chosen ?? 'choose a run'}</option>`}
      ${this.runs.map(({ id, name, created_at: created }) => html`<option value=${id} ?selected=${id === this.chosen}>${name ?? id.slice(0, 8)} · ${showTime(created)}</option>`)}
    </select></label>`
  }
}
customElements.define('run-picker', RunPicker)
