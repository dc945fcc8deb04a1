import { css, html, LitElement } from 'lit'
import { sharedStyles } from './shared-styles.ts'

/** Asks before something is done that cannot be undone. */
export class ConfirmDialog extends LitElement {
  static override properties = { question: { state: true }, yes: { state: true } }
  declare question: string
  /** What the button says that does it. */
  declare yes: string
  #act: () => void = () => undefined

  static override styles = [
    sharedStyles,
    css`
      dialog { max-width: 28rem; border: 1px solid var(--line); border-radius: 12px; background: var(--card); color: var(--ink); padding: 1.25rem 1.4rem }
      dialog::backdrop { background: rgb(8 10 14 / 55%) }
      p { overflow-wrap: anywhere } .buttons { display: flex; justify-content: flex-end; gap: .5rem; margin-top: 1rem } .buttons .primary { background: var(--bad); border-color: var(--bad) }
    `,
  ]

  constructor() {
    super()
    this.question = this.yes = ''
  }

  override render() {
    return html`<dialog aria-label=${this.question || 'Question'}>
      <p>${this.question}</p>
      <div class="buttons"><button @click=${this.#close}>Keep it</button><button class="primary" @click=${this.#do}>${this.yes}</button></div>
    </dialog>`
  }

  ask(question: string, yes: string, act: () => void) {
    this.question = question
    this.yes = yes
    this.#act = act
    this.#dialog.showModal()
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog') as HTMLDialogElement
  }

  #close = () => this.#dialog.close()

  #do = () => {
    this.#close()
    this.#act()
  }
}
customElements.define('confirm-dialog', ConfirmDialog)
