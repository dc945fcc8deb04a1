import { css, html, LitElement, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { writeItemAddress } from '../../address/item-address.ts'
import type { RunAddress } from '../../address/run-address.ts'
import type { Item } from '../../api/types.ts'
import { scoreOfItem } from '../../runs/score-of-item.ts'
import { fileName } from '../file-name.ts'
import './item-status.ts'
import './item-thumbnail.ts'
import { sharedStyles } from '../shared-styles.ts'
import { showScore } from '../show-number.ts'

/** Images of a run as pictures of where they differ. Fires `more`. */
export class ItemGrid extends LitElement {
  static override properties = {
    items: { attribute: false },
    total: {},
    place: { attribute: false },
    score: {},
  }
  declare items: readonly Item[]
  declare total: number
  declare place: RunAddress
  /** The score under each picture. */
  declare score: string

  static override styles = [
    sharedStyles,
    css`
      ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr)); gap: .5rem; padding: .75rem }
      a { display: grid; gap: .3rem; color: var(--ink); text-decoration: none; border-radius: 8px; padding: .35rem } a:hover { background: var(--sunk) }
      .line { display: flex; justify-content: space-between; gap: .5rem; font-size: .8125rem }
      @media (max-width: 30rem) { ul { grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); gap: 0 } }
      .more { padding: 0 .75rem .75rem }
    `,
  ]

  override render() {
    const label = Number(this.place.filters.class)
    const tile = (
      item: Item,
    ) => html`<li><a href=${writeItemAddress(this.place, item.index)} title=${item.key}>
      <item-thumbnail run=${this.place.id} .index=${item.index}></item-thumbnail>
      <span class="line"><span class="name-of-file">${fileName(item.key)}</span>${item.status === 'scored' ? html`<span title="${this.score} ${scoreOfItem(item, this.score, label) ?? 'without a value'}">${showScore(scoreOfItem(item, this.score, label))}</span>` : html`<item-status .item=${item}></item-status>`}</span></a></li>`
    return html`<ul class="number">${repeat(this.items, ({ index }) => index, tile)}</ul>
    ${this.items.length < this.total ? html`<div class="more"><button @click=${() => this.dispatchEvent(new Event('more'))}>Show more</button></div>` : nothing}`
  }

  /** Focuses the image after (1) or before (−1) the one that has the focus. */
  step(by: 1 | -1) {
    const links = [...this.renderRoot.querySelectorAll('a')]
    const at = links.indexOf((this.renderRoot as ShadowRoot).activeElement as HTMLAnchorElement)
    this.focusAt(at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by)))
  }

  focusAt(at: number) {
    this.renderRoot.querySelectorAll('a')[at]?.focus()
  }
}
customElements.define('item-grid', ItemGrid)
