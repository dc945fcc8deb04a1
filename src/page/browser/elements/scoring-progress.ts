import { css, html, LitElement, nothing } from 'lit'
import { sharedStyles } from './shared-styles.ts'

/** Before, nobody would have the time to press it. */
const cancelMs = 1000

/** How far the scoring of a pair is. Fires `cancel` when it is to end, which is offered after a second. */
export class ScoringProgress extends LitElement {
  static override properties = { sent: { attribute: false }, isSlow: { state: true } }
  /** Share of the files that the service has got, in [0, 1]. */
  declare sent: number
  declare isSlow: boolean
  #slow: ReturnType<typeof setTimeout> | undefined

  static override styles = [
    sharedStyles,
    css`
      div { display: flex; align-items: center; gap: .9rem; padding: .7rem 1rem; min-height: 3.4rem }
      progress { inline-size: 10rem }
    `,
  ]

  override render() {
    const isSending = this.sent > 0 && this.sent < 1
    const percent = Math.floor(100 * this.sent)
    return html`<div class="card">
      <progress aria-label=${isSending ? 'Sending' : 'Scoring'} max="100" value=${isSending ? percent : nothing}></progress>
      <span><span role="status">${isSending ? 'Sending…' : 'Scoring…'}</span> ${isSending ? html`<span class="number">${percent} %</span>` : nothing}</span>
      ${this.isSlow ? html`<button @click=${() => this.dispatchEvent(new Event('cancel'))}>Cancel</button>` : nothing}
    </div>`
  }

  override connectedCallback() {
    super.connectedCallback()
    this.isSlow = false
    this.#slow = setTimeout(() => {
      this.isSlow = true
    }, cancelMs)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    clearTimeout(this.#slow)
  }
}
customElements.define('scoring-progress', ScoringProgress)
