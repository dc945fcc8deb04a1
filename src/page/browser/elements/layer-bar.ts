import { css, html, LitElement } from 'lit'
import { type Layer, layers } from '../masks/layers.ts'
import type { Match } from '../pair/pair-source.ts'
import { sharedStyles } from './shared-styles.ts'

/** Which layer is shown, how labels are matched, and what lies over it. Fires `layer`, `match`, `outlines` and `slider`. */
export class LayerBar extends LitElement {
  static override properties = {
    layer: {},
    match: {},
    hasPhoto: { attribute: false },
    outlines: { attribute: false },
    slider: { attribute: false },
  }
  declare layer: Layer
  declare match: Match
  declare hasPhoto: boolean
  declare outlines: boolean
  declare slider: boolean

  static override styles = [
    sharedStyles,
    css`
      .bar { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .9rem }
      .tabs { display: flex; flex-wrap: wrap; gap: 2px; padding: 3px; border-radius: 9px; background: var(--sunk) }
      .tabs button { border-color: transparent; background: transparent; min-height: 1.8rem; padding-inline: .6rem }
      .tabs button[aria-pressed="true"] { background: var(--card); border-color: var(--edge); font-weight: 600 }
      .tabs kbd { background: transparent; border: 0; min-width: 0; padding: 0; color: var(--soft) }
      .end { display: flex; flex-wrap: wrap; gap: .4rem; margin-inline-start: auto }
      @media (max-width: 40rem) { .bar { gap: .4rem } .tabs { flex: 1 1 100%; display: grid; grid-template-columns: repeat(2, 1fr) } .tabs button { padding-inline: .3rem; font-size: .8125rem } .tabs kbd { display: none } .end { margin-inline-start: 0 } }
    `,
  ]

  override render() {
    return html`<div class="bar">
      <div class="tabs" role="group" aria-label="Layer">
        ${layers.map(({ name, title }, index) => (name === 'photo' && !this.hasPhoto ? undefined : html`<button aria-pressed=${this.layer === name} @click=${() => this.#send('layer', name)}><kbd aria-hidden="true">${index + 1}</kbd>${title}</button>`))}
      </div>
      ${
        this.layer === 'difference'
          ? html`<div class="tabs" role="group" aria-label="Match labels by">
        ${(['shapes', 'names'] as const).map((match) => html`<button aria-pressed=${this.match === match} title=${match === 'shapes' ? 'Renamed segments do not differ, as in mi_loss (m)' : 'Labels are what they are called (m)'} @click=${() => this.#send('match', match)}>by ${match}</button>`)}
      </div>`
          : undefined
      }
      <div class="end">
        <button class="plain" aria-pressed=${this.outlines} title="Borders of the ground truth (o)" @click=${() => this.#send('outlines', !this.outlines)}>Outlines</button>
        <button class="plain" aria-pressed=${this.slider} title="Ground truth left, prediction right of a line (s)" @click=${() => this.#send('slider', !this.slider)}>Slider</button>
      </div>
    </div>`
  }

  #send(type: string, detail: unknown) {
    this.dispatchEvent(new CustomEvent(type, { detail }))
  }
}
customElements.define('layer-bar', LayerBar)
