import { css, html, LitElement } from 'lit'
import { accessKey } from '../address/access-key.ts'
import { sharedStyles } from './shared-styles.ts'

/** Asks for the key of the service. Fires `key` when it was given, with whether the tab keeps it where it is to. */
export class KeyDialog extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      dialog { inline-size: min(28rem, calc(100vw - 2rem)); padding: 1.4rem; border: 1px solid var(--line); border-radius: 14px; background: var(--card); color: var(--ink) }
      dialog::backdrop { background: rgb(8 10 14 / 55%) }
      form { display: grid; gap: .9rem } label.key { display: grid; gap: .25rem; font-weight: 600; font-size: .875rem }
      .keep { display: flex; align-items: center; gap: .5rem; font-size: .875rem }
      .buttons { display: flex; justify-content: end; gap: .5rem }
    `,
  ]

  override render() {
    return html`<dialog aria-labelledby="title"><form @submit=${this.#submit}>
      <h2 id="title">Access key</h2>
      <p class="soft">This service asks for a key with each call. It stays in this tab and is in no address.</p>
      <label class="key">Key<input type="password" autocomplete="off" pattern="\\s*[!-~]*\\s*" title="A key has no spaces, and letters without accents alone" .value=${accessKey.value}></label>
      <label class="keep"><input type="checkbox" .checked=${accessKey.isKept}>Keep it until this tab is closed</label>
      <div class="buttons"><button type="button" @click=${this.#close}>Cancel</button><button class="primary">Use this key</button></div>
    </form></dialog>`
  }

  open() {
    this.#dialog.showModal()
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog') as HTMLDialogElement
  }

  #close() {
    this.#dialog.close()
  }

  #submit(event: SubmitEvent) {
    event.preventDefault()
    const [key, keep] = this.renderRoot.querySelectorAll('input')
    const detail = accessKey.set(key.value.trim(), keep.checked)
    this.#close()
    this.dispatchEvent(new CustomEvent('key', { detail }))
  }
}
customElements.define('key-dialog', KeyDialog)
