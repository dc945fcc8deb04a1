import { css, html, LitElement } from 'lit'
import { sharedStyles } from '../elements/shared-styles.ts'
import { showBytes, showCount } from '../elements/show-number.ts'
import { bytesOf } from './dataset-source.ts'
import { type Placed, type Role, roles } from './guess-roles.ts'

const titles: Readonly<Record<Role, string>> = {
  ground_truth: 'Ground truth',
  prediction: 'Prediction',
  manifest: 'Manifest',
  images: 'Photos',
  unused: 'Not sent',
}

/** What was dropped, and what each is for. Fires `placed` with the list as it was changed. */
export class SourceList extends LitElement {
  static override properties = { placed: { attribute: false } }
  declare placed: readonly Placed[]

  static override styles = [
    sharedStyles,
    css`
      ul { display: grid; gap: .5rem }
      li { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr) auto; align-items: center; gap: .3rem .9rem }
      .name { font-weight: 600; overflow-wrap: anywhere } .facts { font-size: .8125rem; color: var(--soft) }
      .bad { color: var(--bad); font-size: .8125rem; overflow-wrap: anywhere }
      select { min-width: 0; inline-size: 100% }
      .exchange { margin-top: .6rem }
      @media (max-width: 40rem) { li { grid-template-columns: minmax(0, 1fr) auto } li > div { grid-column: 1 / -1; grid-row: 1 } }
    `,
  ]

  override render() {
    const has = (role: Role) => this.placed.some((one) => one.role === role)
    return html`<ul aria-label="What was dropped">${this.placed.map((one, index) => this.#source(one, index))}</ul>
      ${has('ground_truth') && has('prediction') ? html`<button class="exchange" title="Exchange the two sides (x)" @click=${this.exchange}>⇄ Exchange the sides</button>` : undefined}`
  }

  #source({ source, role }: Placed, index: number) {
    const size = showBytes(bytesOf(source))
    const facts =
      source.kind === 'folder'
        ? `folder, ${showCount(source.files.length)} ${source.files.length === 1 ? 'file' : 'files'}, ${size}`
        : size
    return html`<li>
      <select aria-label="What ${source.name} is" .value=${role} @change=${(event: Event) => this.#set(index, (event.target as HTMLSelectElement).value as Role)}>
        ${roles.map((one) => html`<option value=${one} ?selected=${one === role}>${titles[one]}</option>`)}
      </select>
      <div><span class="name">${source.name}</span> <span class="facts number">${facts}</span>
        ${source.kind === 'folder' && source.unreadable.length > 0 ? html`<details class="bad"><summary>${showCount(source.unreadable.length)} cannot be read and would be missing</summary><ul>${source.unreadable.slice(0, 100).map((one) => html`<li>${one}</li>`)}</ul></details>` : undefined}
      </div>
      <button class="plain" title="Remove" aria-label="Remove ${source.name}" @click=${() => this.#send(this.placed.toSpliced(index, 1))}>✕</button>
    </li>`
  }

  /** Two sources cannot be for the same: the other one takes the place that became free. */
  #set(index: number, role: Role) {
    const before = this.placed[index].role
    this.#send(
      this.placed.map((one, at) => {
        if (at === index) return { ...one, role }
        return role !== 'unused' && one.role === role ? { ...one, role: before } : one
      }),
    )
  }

  exchange() {
    const other: Partial<Record<Role, Role>> = { ground_truth: 'prediction', prediction: 'ground_truth' }
    this.#send(this.placed.map((one) => ({ ...one, role: other[one.role] ?? one.role })))
  }

  #send(placed: readonly Placed[]) {
    this.dispatchEvent(new CustomEvent('placed', { detail: placed }))
  }
}
customElements.define('source-list', SourceList)
