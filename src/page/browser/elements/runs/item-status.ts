import { css, html, LitElement } from 'lit'
import type { Item } from '../../api/types.ts'
import { rowFacts } from '../../runs/row-facts.ts'
import { sharedStyles } from '../shared-styles.ts'
import { showCount } from '../show-number.ts'

/** What became of an image, in a word; the tooltip says why. */
export class ItemStatus extends LitElement {
  static override properties = { item: { attribute: false } }
  declare item: Item

  static override styles = [
    sharedStyles,
    css`:host { display: inline } .bad { color: var(--bad) } .warn { color: var(--warn) }`,
  ]

  override render() {
    const { status } = this.item
    const { problem, substituted, warnings } = rowFacts(this.item)
    if (status !== 'scored')
      return html`<span class="bad" title=${problem?.detail ?? ''}>${status}${problem ? ` · ${problem.code}` : ''}</span>`
    if (substituted)
      return html`<span class="warn" title=${problem?.detail ?? ''}>as empty (${substituted})</span>`
    if (warnings.length > 0)
      return html`<span class="warn" title=${warnings.map(({ message }) => message).join('\n')}>${showCount(warnings.length)} ${warnings.length === 1 ? 'warning' : 'warnings'}</span>`
    return html`<span class="soft">scored</span>`
  }
}
customElements.define('item-status', ItemStatus)
