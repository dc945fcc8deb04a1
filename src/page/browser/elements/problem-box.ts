import { css, html, LitElement, nothing } from 'lit'
import type { ShownProblem } from '../api/shown-problem.ts'
import { asksForKey, type OptionRemedy } from '../pair/remedies.ts'
import { sharedStyles } from './shared-styles.ts'
import { withCode } from './with-code.ts'

/** A refusal with what to do about it. Fires `remedy` with options to set, `retry` and `key`, which rise through all that is around it. */
export class ProblemBox extends LitElement {
  static override properties = {
    shown: { attribute: false },
    remedies: { attribute: false },
    mild: { type: Boolean },
    secondsLeft: { state: true },
  }
  declare shown: ShownProblem
  /** Those that are options of the screen around. */
  declare remedies: readonly OptionRemedy[]
  /** Whether something was done all the same. */
  declare mild: boolean
  declare secondsLeft: number
  #timer: ReturnType<typeof setTimeout> | undefined

  static override styles = [
    sharedStyles,
    css`
      section { display: grid; gap: .6rem; padding: 1.1rem 1.25rem; border: 1px solid var(--line); border-inline-start: 4px solid var(--bad); border-radius: var(--round); background: var(--bad-soft) }
      h2 { font-size: 1.0625rem }
      .code { color: var(--bad); font-weight: 600 }
      :host([mild]) section { border-inline-start-color: var(--warn); background: var(--warn-soft) } :host([mild]) .code { color: var(--warn) }
      p, li { overflow-wrap: anywhere }
      .buttons { display: flex; flex-wrap: wrap; gap: .5rem }
      .small { font-size: .8125rem }
    `,
  ]

  constructor() {
    super()
    this.remedies = []
    this.mild = false
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('shown')) this.#countDown(this.shown.retryAfter ?? 0)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    clearInterval(this.#timer)
  }

  override render() {
    const { problem, canRetry } = this.shown
    const { type, title, detail, remedy, code, errors, request_id: id } = problem
    const isOfPage = id === '' && type === 'about:blank'
    const others = errors.filter(({ message }) => message !== detail)
    return html`<section role="alert">
      <h2>${withCode(title)}</h2>
      <p>${withCode(detail)}</p>
      <p><strong>What to do:</strong> ${withCode(remedy)}</p>
      ${others.length > 0 ? html`<ul class="small">${others.map(({ pointer, message }) => html`<li><code>${pointer}</code> ${withCode(message)}</li>`)}</ul>` : nothing}
      <div class="buttons">
        ${this.remedies.map((one, index) => html`<button class=${index === 0 ? 'primary' : ''} @click=${() => this.#rise('remedy', one.options)}>${one.label}</button>`)}
        ${asksForKey(problem) ? html`<button class="primary" @click=${() => this.#rise('key')}>Enter a key…</button>` : nothing}
        ${canRetry ? html`<button ?disabled=${this.secondsLeft > 0} @click=${() => this.#rise('retry')}>${this.secondsLeft > 0 ? `Try again in ${this.secondsLeft} s` : 'Try again'}</button>` : nothing}
      </div>
      ${isOfPage ? nothing : html`<p class="small soft"><a class="code" href="problems/${code}" target="_blank" rel="noopener">${code}</a>${id ? html` · request <code>${id}</code>` : nothing}</p>`}
    </section>`
  }

  #rise(type: 'retry' | 'key' | 'remedy', detail?: OptionRemedy['options']) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }))
  }

  #countDown(seconds: number) {
    clearInterval(this.#timer)
    this.secondsLeft = Math.ceil(seconds)
    if (seconds <= 0) return
    this.#timer = setInterval(() => {
      this.secondsLeft--
      if (this.secondsLeft <= 0) clearInterval(this.#timer)
    }, 1000)
  }
}
customElements.define('problem-box', ProblemBox)
