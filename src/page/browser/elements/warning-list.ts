import { css, html, LitElement, nothing } from 'lit'
import { sharedStyles } from './shared-styles.ts'
import { withCode } from './with-code.ts'

interface Warning {
  readonly code: string
  readonly message: string
}

const shownAtFirst = 3

/** What should be known although the scores are exact. */
export class WarningList extends LitElement {
  static override properties = { warnings: { attribute: false } }
  declare warnings: readonly Warning[]

  static override styles = [
    sharedStyles,
    css`
      section { padding: .7rem 1rem; border-radius: var(--round); background: var(--warn-soft); border: 1px solid var(--line); border-inline-start: 4px solid var(--warn) }
      li { padding: .15rem 0; overflow-wrap: anywhere }
      code { color: var(--warn); font-weight: 600 }
    `,
  ]

  override render() {
    const rest = this.warnings.slice(shownAtFirst)
    const list = (warnings: readonly Warning[]) =>
      html`<ul>${warnings.map(({ code, message }) => html`<li><code>${code}</code> ${withCode(message)}</li>`)}</ul>`
    return html`<section aria-label="Warnings">${list(this.warnings.slice(0, shownAtFirst))}
      ${rest.length > 0 ? html`<details><summary>${rest.length} more</summary>${list(rest)}</details>` : nothing}
    </section>`
  }
}
customElements.define('warning-list', WarningList)
