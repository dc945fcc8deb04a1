import { css, html, LitElement, nothing } from 'lit'
import { type RunAddress, writeItemAddress } from '../../address/run-address.ts'
import type { Item } from '../../api/types.ts'
import './item-thumbnail.ts'
import { sharedStyles } from '../shared-styles.ts'
import { showScore } from '../show-number.ts'

/** Images of a run as pictures of where they differ. Fires `more`. */
export class ItemGrid extends LitElement {
  static override properties = {
    items: { attribute: false },
    total: {},
    address: { attribute: false },
    score: {},
  }
  declare items: readonly Item[]
  declare total: number
  declare address: RunAddress
  /** The score under each picture. */
  declare score: string

  static override styles = [
    sharedStyles,
    css`
      ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr)); gap: .75rem; padding: .75rem }
      a { display: grid; gap: .3rem; color: var(--ink); text-decoration: none; border-radius: 8px; padding: .35rem } a:hover { background: var(--sunk) }
      .line { display: flex; justify-content: space-between; gap: .5rem; font-size: .8125rem } .key { overflow: hidden; text-overflow: ellipsis; white-space: nowrap } .bad { color: var(--bad) }
      .more { padding: 0 .75rem .75rem }
    `,
  ]

  override render() {
    return html`<ul class="number">${this.items.map(
      (item) => html`<li><a href=${writeItemAddress(this.address, item.index)} title=${item.key}>
        <item-thumbnail run=${this.address.id} .index=${item.index}></item-thumbnail>
        <span class="line"><span class="key">${item.key}</span>${item.status === 'scored' ? html`<span>${showScore(item.scores[this.score])}</span>` : html`<span class="bad">${item.status}</span>`}</span></a></li>`,
    )}</ul>
    ${this.items.length < this.total ? html`<div class="more"><button @click=${() => this.dispatchEvent(new Event('more'))}>Show more</button></div>` : nothing}`
  }
}
customElements.define('item-grid', ItemGrid)
