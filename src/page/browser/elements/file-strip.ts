import { css, html, LitElement, nothing } from 'lit'
import type { Report } from '../api/types.ts'
import type { ChosenFiles } from '../pair/choose-sides.ts'
import { sharedStyles } from './shared-styles.ts'
import { showCount } from './show-number.ts'

/** Which file is which side, and what the service saw in it. Fires `swap`, `change` and `options`. */
export class FileStrip extends LitElement {
  static override properties = {
    files: { attribute: false },
    report: { attribute: false },
    isOptionsOpen: { attribute: false },
  }
  declare files: ChosenFiles
  declare report: Report | undefined
  declare isOptionsOpen: boolean

  static override styles = [
    sharedStyles,
    css`
      .strip { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .75rem }
      .side { min-width: 0; flex: 0 1 auto; display: grid; line-height: 1.35 }
      .role { font-size: .75rem; font-weight: 600; color: var(--soft); letter-spacing: .02em }
      .name { font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: min(24rem, 72vw) }
      .facts { font-size: .8125rem; color: var(--soft); overflow-wrap: anywhere }
      .actions { display: flex; gap: .5rem; margin-inline-start: auto }
      @media (max-width: 34rem) { .strip { display: grid; grid-template-columns: minmax(0, 1fr) auto } .side { grid-column: 1 } .name { max-width: none } .swap { grid-column: 2; grid-row: 1 / span 2 } .actions { grid-column: 1 / -1; margin-inline-start: 0 } }
    `,
  ]

  override render() {
    const { groundTruth, prediction, photo } = this.files
    return html`<div class="strip">
      ${this.#side('Ground truth', groundTruth, this.report?.ground_truth)}
      <button class="swap" title="Exchange the two sides (x)" aria-label="Exchange ground truth and prediction" ?disabled=${!groundTruth || !prediction}
        @click=${() => this.dispatchEvent(new Event('swap'))}>⇄</button>
      ${this.#side('Prediction', prediction, this.report?.prediction)}
      ${photo ? this.#side('Photo', photo, undefined) : nothing}
      <div class="actions">
        <button aria-pressed=${this.isOptionsOpen ? 'true' : 'false'} @click=${() => this.dispatchEvent(new Event('options'))}>Options</button>
        <button @click=${() => this.dispatchEvent(new Event('change'))}>Other masks</button>
      </div>
    </div>`
  }

  #side(role: string, file: File | undefined, side: Report['ground_truth'] | undefined) {
    const size = this.report ? `${this.report.width} × ${this.report.height}` : ''
    return html`<div class="side">
      <span class="role">${role}</span>
      <span class="name" title=${file?.name ?? ''}>${file?.name ?? 'missing'}</span>
      <span class="facts number">${side ? `${size} · ${side.encoding} · ${showCount(side.labels)} ${side.labels === 1 ? 'label' : 'labels'}` : file ? `${showCount(file.size)} bytes` : 'drop it anywhere on this page'}</span>
    </div>`
  }
}
customElements.define('file-strip', FileStrip)
