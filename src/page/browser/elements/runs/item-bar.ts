import { css, html, LitElement, nothing } from 'lit'
import { writeItemAddress } from '../../address/item-address.ts'
import { type RunAddress, writeRunAddress } from '../../address/run-address.ts'
import { filterName, filterValue } from '../../runs/filter-text.ts'
import { sharedStyles } from '../shared-styles.ts'
import { showCount } from '../show-number.ts'

/** Which image of a run is shown, and the way to its neighbours. Fires `step` with 1 or −1. */
export class ItemBar extends LitElement {
  static override properties = {
    place: { attribute: false },
    run: {},
    name: {},
    at: {},
    total: {},
    previous: {},
    next: {},
    classes: { attribute: false },
  }
  declare place: RunAddress
  /** Name of the run. */
  declare run: string
  /** Key of the image. */
  declare name: string
  /** Its place in the list, from 0; undefined while that is not known. */
  declare at: number | undefined
  declare total: number
  /** Indices of the neighbours. */
  declare previous: number | undefined
  declare next: number | undefined
  declare classes: ReadonlyMap<number, string>

  static override styles = [
    sharedStyles,
    css`
      .bar { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1rem; padding: .7rem 1rem } .what { min-width: 0; margin-inline-end: auto }
      h1 { font-size: 1.15rem; letter-spacing: -.01em; overflow-wrap: anywhere } .back, .list { font-size: .8125rem } .back { display: inline-block; padding: .25rem 0 }
      .steps { display: flex; align-items: center; gap: .5rem } .steps [role="status"] { min-width: 8rem; text-align: center; font-size: .875rem } .off { opacity: .45 }
    `,
  ]

  override render() {
    const { place, at } = this
    const filters = Object.entries(place.filters) as [keyof typeof filterName, string][]
    const chosen = filters.map(
      ([name, value]) => `${filterName[name]} ${filterValue(name, value, this.classes)}`,
    )
    const order = place.order === 'worst' || place.order === 'best' ? `${place.order} first` : place.order
    return html`<nav class="card bar" aria-label="Images of the run">
      <div class="what"><a class="back" href=${writeRunAddress(place)} title="Back to the run (Esc)">← ${this.run}</a><h1>${this.name}</h1></div>
      <div class="steps number">
        ${this.#step(-1, this.previous, '‹', 'Previous image (k)')}
        <span role="status">${at === undefined ? '' : `${showCount(at + 1)} of ${showCount(this.total)}`}<br><span class="list soft">by ${place.sort}, ${order}</span></span>
        ${this.#step(1, this.next, '›', 'Next image (j)')}
      </div>
      ${chosen.length > 0 ? html`<p class="list soft">Only ${chosen.join('; ')}</p>` : nothing}
    </nav>`
  }

  #step(by: 1 | -1, index: number | undefined, sign: string, title: string) {
    if (index === undefined) return html`<span class="button off" aria-hidden="true">${sign}</span>`
    const go = (event: MouseEvent) => {
      // With a key held the browser opens it elsewhere.
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      this.dispatchEvent(new CustomEvent('step', { detail: by }))
    }
    return html`<a class="button" href=${writeItemAddress(this.place, index)} title=${title} aria-label=${title} @click=${go}>${sign}</a>`
  }
}
customElements.define('item-bar', ItemBar)
