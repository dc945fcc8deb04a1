import { css, html, LitElement } from 'lit'
import { sharedStyles } from './shared-styles.ts'

/** Where masks are dropped or chosen. Fires `files` with the files that were chosen, `drop-files` with what was dropped, and `example`. */
export class DropZone extends LitElement {
  static override properties = { isOver: { state: true }, expects: {} }
  declare isOver: boolean
  /** What an address expects: "drop the same two files". */
  declare expects: string

  static override styles = [
    sharedStyles,
    css`
      .zone {
        display: grid; justify-items: center; gap: .9rem; padding: clamp(2rem, 7vw, 4.5rem) 1.25rem; border: 2px dashed var(--edge);
        border-radius: 16px; background: var(--card); text-align: center; transition: border-color .15s, background .15s
      }
      .zone.over { border-color: var(--accent); background: var(--accent-soft) }
      svg { inline-size: 5.5rem; block-size: 4rem }
      h2 { font-size: clamp(1.35rem, 3.4vw, 1.9rem); line-height: 1.2; letter-spacing: -.02em; font-weight: 680 }
      p { max-width: 34rem }
      .choices { display: flex; flex-wrap: wrap; justify-content: center; gap: .6rem }
      .choices button { min-height: 2.6rem; padding-inline: 1.1rem; font-size: .9375rem }
      .note { padding: .5rem .9rem; border-radius: 8px; background: var(--accent-soft) }
      ul { display: grid; gap: .2rem; font-size: .875rem }
    `,
  ]

  constructor() {
    super()
    this.isOver = false
    this.expects = ''
  }

  override render() {
    return html`<section class="zone ${this.isOver ? 'over' : ''}" aria-label="Masks to compare"
        @dragover=${this.#over} @dragleave=${() => {
          this.isOver = false
        }} @drop=${this.#drop}>
      <svg viewBox="0 0 88 64" aria-hidden="true">
        <rect width="88" height="64" rx="10" fill="#1b2027"></rect>
        <circle cx="36" cy="32" r="19" fill="#56b4e9"></circle>
        <circle cx="52" cy="32" r="19" fill="#d55e00"></circle>
        <path d="M44 14.77a19 19 0 0 1 0 34.46 19 19 0 0 1 0-34.46z" fill="#f0e442"></path>
      </svg>
      <h2>Drop a ground truth and a prediction</h2>
      <p class="soft">Two masks of one image. You see where they differ, by how much, and which segments cause it. Your files
        go to this service and nowhere else.</p>
      ${this.expects ? html`<p class="note">${this.expects}</p>` : undefined}
      <div class="choices">
        <button class="primary" @click=${this.#browse}>Choose files…</button>
        <button @click=${() => this.dispatchEvent(new Event('example'))}>Try the example</button>
      </div>
      <input class="visually-hidden" type="file" multiple tabindex="-1" aria-label="Mask files" @change=${this.#chosen}>
      <ul class="soft">
        <li>PNG, TIFF, lossless WebP, <span class="mono">.npy</span>, MetaImage, and what labeling tools write</li>
        <li>A JPEG of the same size beside them is the photo</li>
        <li>Two folders, archives or volumes are a dataset: a new run scores every image of it</li>
      </ul>
    </section>`
  }

  #over(event: DragEvent) {
    event.preventDefault()
    this.isOver = true
  }

  #drop(event: DragEvent) {
    event.preventDefault()
    event.stopPropagation()
    this.isOver = false
    this.dispatchEvent(new CustomEvent('drop-files', { detail: event.dataTransfer }))
  }

  #browse() {
    this.renderRoot.querySelector('input')?.click()
  }

  #chosen({ target }: Event) {
    const input = target as HTMLInputElement
    this.#send([...(input.files ?? [])])
    // The same files may be chosen again.
    input.value = ''
  }

  #send(files: File[]) {
    if (files.length > 0) this.dispatchEvent(new CustomEvent('files', { detail: files }))
  }
}
customElements.define('drop-zone', DropZone)
