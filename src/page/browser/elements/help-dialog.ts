import { css, html, LitElement } from 'lit'
import { keyBindings } from '../address/key-bindings.ts'
import { areKeysOn, switchKeys } from '../address/key-switch.ts'
import { sharedStyles } from './shared-styles.ts'

/** What the page is and which keys it knows. */
export class HelpDialog extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      dialog { inline-size: min(36rem, calc(100vw - 2rem)); max-height: calc(100vh - 3rem); padding: 1.4rem; border: 1px solid var(--line); border-radius: 14px; background: var(--card); color: var(--ink) }
      dialog::backdrop { background: rgb(8 10 14 / 55%) }
      .inner { display: grid; gap: .9rem }
      dl { display: grid; grid-template-columns: auto 1fr; gap: .4rem 1rem; font-size: .875rem } dt { white-space: nowrap }
      .head { display: flex; justify-content: space-between; align-items: center; gap: 1rem }
      label { display: flex; align-items: center; gap: .5rem; font-size: .875rem }
      @media (max-width: 30rem) { dl { grid-template-columns: 1fr } dt { margin-top: .4rem } }
    `,
  ]

  override render() {
    return html`<dialog aria-labelledby="title"><div class="inner">
      <div class="head"><h2 id="title">Keys, and what you see</h2><button @click=${() => this.#dialog.close()}>Close</button></div>
      <p><strong>mi_loss</strong> is 0 when both masks cut the image into the same segments, whatever their labels are called, and 1 when they
        tell nothing of each other. <strong>Split</strong>: true segments that the prediction cuts apart. <strong>Merge</strong>: true segments that it joins. The
        loss layer shows it pixel by pixel, in bits.</p>
      <dl>${keyBindings.map(({ keys, what }) => html`<dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${what}</dd>`)}</dl>
      <label><input type="checkbox" .checked=${areKeysOn()} @change=${({ target }: Event) => switchKeys((target as HTMLInputElement).checked)}>These keys work; the arrows in the masks always do</label>
      <p class="soft">Every call that this page makes is of the public API: <a href="docs/">docs</a>, <a href="problems">what can go wrong</a>.</p>
    </div></dialog>`
  }

  open() {
    if (!this.#dialog.open) this.#dialog.showModal()
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog') as HTMLDialogElement
  }
}
customElements.define('help-dialog', HelpDialog)
