import { css, html, LitElement } from 'lit'
import { sharedStyles } from './shared-styles.ts'

/** Where folders and files are dropped or chosen. Fires `files` with what was chosen, and `drop-files` with what was dropped. */
export class SourceDrop extends LitElement {
  static override properties = {
    isOver: { state: true },
    isSmall: { attribute: false },
    heading: {},
    about: {},
    files: {},
  }
  declare isOver: boolean
  /** Something is there already. */
  declare isSmall: boolean
  declare heading: string
  declare about: string
  /** What files are called on their button. */
  declare files: string

  static override styles = [
    sharedStyles,
    css`
      section { display: grid; justify-items: center; gap: .8rem; padding: clamp(1.5rem, 5vw, 3.5rem) 1.25rem; border: 2px dashed var(--edge); border-radius: 16px; background: var(--card); text-align: center; transition: border-color .15s, background .15s }
      section.small { padding: .9rem; gap: .5rem } section.over { border-color: var(--accent); background: var(--accent-soft) }
      h2 { font-size: clamp(1.25rem, 3vw, 1.7rem); line-height: 1.2; letter-spacing: -.02em } .small h2 { font-size: .9375rem }
      p { max-width: 38rem } .choices { display: flex; flex-wrap: wrap; justify-content: center; gap: .6rem }
    `,
  ]

  override render() {
    return html`<section class="${this.isOver ? 'over' : ''} ${this.isSmall ? 'small' : ''}" aria-label=${this.heading}
        @dragover=${(event: DragEvent) => {
          event.preventDefault()
          this.isOver = true
        }} @dragleave=${() => {
          this.isOver = false
        }} @drop=${this.#drop}>
      <h2>${this.heading}</h2>
      ${this.isSmall ? undefined : html`<p class="soft">${this.about}</p>`}
      <div class="choices">
        <button class=${this.isSmall ? '' : 'primary'} @click=${() => this.#browse('folder')}>Choose a folder…</button>
        <button @click=${() => this.#browse('files')}>Choose ${this.files}…</button>
      </div>
      <input class="visually-hidden" id="folder" type="file" webkitdirectory tabindex="-1" aria-label="Folder of masks" @change=${this.#chosen}>
      <input class="visually-hidden" id="files" type="file" multiple tabindex="-1" aria-label="Files of masks" @change=${this.#chosen}>
    </section>`
  }

  #drop(event: DragEvent) {
    event.preventDefault()
    event.stopPropagation()
    this.isOver = false
    this.dispatchEvent(new CustomEvent('drop-files', { detail: event.dataTransfer }))
  }

  #browse(id: string) {
    ;(this.renderRoot.querySelector(`#${id}`) as HTMLInputElement).click()
  }

  #chosen({ target }: Event) {
    const input = target as HTMLInputElement
    const files = [...(input.files ?? [])]
    // The same may be chosen again.
    input.value = ''
    if (files.length > 0) this.dispatchEvent(new CustomEvent('files', { detail: files }))
  }
}
customElements.define('source-drop', SourceDrop)
