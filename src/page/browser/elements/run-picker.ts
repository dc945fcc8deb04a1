import { css, html, LitElement } from 'lit'
import type { RunChoices } from '../runs/run-choices.ts'
import { sharedStyles } from './shared-styles.ts'
import { showTime } from './show-time.ts'

/** No id of a run. */
const older = 'older'

/** One of the runs that are done. Fires `run` with its id, and `older` where older ones are to be offered. */
export class RunPicker extends LitElement {
  static override properties = { choices: { attribute: false }, chosen: { attribute: false }, caption: {} }
  /** Undefined while they are not known. */
  declare choices: RunChoices | undefined
  declare chosen: string | undefined
  declare caption: string

  static override styles = [
    sharedStyles,
    css`label { display: grid; gap: .15rem; font-size: .8125rem; font-weight: 600 } select { inline-size: 100%; min-width: 0; font-weight: 400 }`,
  ]

  override render() {
    const { runs, next } = this.choices ?? { runs: [], next: null }
    const isKnown = runs.some(({ id }) => id === this.chosen)
    const nothing = this.choices && runs.length === 0 && next === null ? 'no run is done yet' : 'choose a run'
    return html`<label>${this.caption}<select @change=${this.#choose}>
      ${isKnown ? undefined : html`<option value=${this.chosen ?? ''} selected>${this.chosen ?? nothing}</option>`}
      ${runs.map(({ id, name, created_at: created }) => html`<option value=${id} ?selected=${id === this.chosen}>${name ?? id.slice(0, 8)} · ${showTime(created)}</option>`)}
      ${next === null ? undefined : html`<option value=${older}>older runs…</option>`}
    </select></label>`
  }

  #choose({ target }: Event) {
    const select = target as HTMLSelectElement
    if (select.value !== older) this.dispatchEvent(new CustomEvent('run', { detail: select.value }))
    else {
      select.value = this.chosen ?? ''
      this.dispatchEvent(new Event('older'))
    }
  }
}
customElements.define('run-picker', RunPicker)
