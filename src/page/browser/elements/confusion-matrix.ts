import { css, html, LitElement, nothing } from 'lit'
import { rampColour } from '../../../labels/mask-colours.ts'
import { type ConfusedPair, type Confusion, confusionOf, largestConfusions } from '../masks/confusion.ts'
import type { PairCounts } from '../masks/pair-counts.ts'
import { hexOf } from './colour-swatch.ts'
import { sharedStyles } from './shared-styles.ts'
import { showCount, showShare } from './show-number.ts'

/** Of so many labels a side each has its name beside the picture. */
const maxNamed = 12
/** More are too small to be seen; the table beside tells the largest confusions of all. */
const maxLabels = 50
const maxRows = 12

/** How labels meet: rows are the ground truth, columns the prediction. Where a pair can be chosen it fires `confused` with [ground truth, prediction]. */
export class ConfusionMatrix extends LitElement {
  static override properties = {
    canChoose: { type: Boolean },
    pairs: { attribute: false },
    names: { attribute: false },
    at: { state: true },
  }
  /** Whether a cell, or a row of the table, chooses its pair of labels. */
  declare canChoose: boolean
  declare pairs: PairCounts
  declare names: ReadonlyMap<number, string>
  declare at: string
  #confusion: Confusion | undefined
  #largest: readonly ConfusedPair[] = []

  static override styles = [
    sharedStyles,
    css`
      .axes { display: grid; grid-template-columns: auto auto minmax(0, var(--matrix-size, 22rem)) 1fr; gap: .25rem .4rem; font-size: .75rem; color: var(--soft) }
      .left { writing-mode: vertical-rl; transform: rotate(180deg); text-align: center } .axes > span { grid-column: 3 } .axes > .left { grid-column: 1 } canvas { grid-column: 3 }
      .names { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); grid-column: 3 } .names.of-rows { grid-auto-flow: row; grid-auto-rows: minmax(0, 1fr); grid-column: 2 }
      .names li { writing-mode: vertical-rl; transform: rotate(180deg); max-block-size: 100%; max-inline-size: 5rem; place-self: end center; overflow: hidden; text-overflow: ellipsis; white-space: nowrap } .names.short li, .names.of-rows li { writing-mode: initial; transform: none } .names.of-rows li { place-self: center end }
      canvas { display: block; inline-size: 100%; aspect-ratio: 1; background: #1b2027; border-radius: 6px; image-rendering: pixelated; cursor: crosshair }
      p { font-size: .8125rem; min-height: 1.3rem; margin-block: .35rem .2rem } summary { font-size: .8125rem }
      table { font-size: .8125rem } td, th { padding: .2rem .5rem .2rem 0; border-top: 1px solid var(--line) } .n { text-align: end }
      td { overflow-wrap: anywhere } td.n { overflow-wrap: normal } td button { min-height: 1.5rem; padding: 0 .3rem; margin-inline-end: -.3rem; font-size: inherit }
    `,
  ]

  constructor() {
    super()
    this.at = ''
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (!changed.has('pairs')) return
    this.#confusion = confusionOf(this.pairs, maxLabels)
    this.#largest = largestConfusions(this.pairs, maxRows)
  }

  override render() {
    if (this.pairs.counts.length === 0) return html`<p class="soft">No pixel was counted.</p>`
    const { rows = 0, columns = 0 } = this.#confusion?.left ?? {}
    return html`<div class="axes">
        <span>prediction →</span>${this.#names('columns')}<span class="left">← ground truth</span>${this.#names('rows')}
        <canvas role="img" aria-label="Confusion matrix; rows are the ground truth. The table below tells the largest confusions." @pointermove=${this.#point} @pointerleave=${() => {
          this.at = ''
        }} @click=${this.#click}></canvas>
      </div>
      <p class="soft number">${this.at || (rows + columns > 0 ? `The ${maxLabels} largest labels of the truth, and the predicted ones that meet them most; ${showCount(rows)} and ${showCount(columns)} are left out.` : 'Brighter is more pixels, by their logarithm.')}</p>
      ${
        this.#largest.length > 0
          ? html`<details><summary>Largest confusions</summary><table>
        <thead><tr><th scope="col">truth</th><th scope="col">prediction</th><th scope="col" class="n">pixels</th><th scope="col" class="n">of the truth</th></tr></thead>
        <tbody class="number">${this.#largest.map(({ groundTruth, prediction, count, share }) => html`<tr><td>${this.#name(groundTruth)}</td><td>${this.#name(prediction)}</td><td class="n">${this.canChoose ? html`<button class="plain" title="Show the images in which this happens" @click=${() => this.#choose(groundTruth, prediction)}>${showCount(count)}</button>` : showCount(count)}</td><td class="n">${showShare(share)}</td></tr>`)}</tbody>
      </table></details>`
          : nothing
      }`
  }

  override updated() {
    const { rows, columns, counts } = this.#confusion as Confusion
    const canvas = this.renderRoot.querySelector('canvas')
    if (!canvas) return
    const cell = Math.max(1, Math.floor(704 / Math.max(rows.length, columns.length, 1)))
    // Wide enough to be seen wherever the picture is drawn smaller.
    const gap = cell > 20 ? 3 : 0
    const side = Math.max(rows.length, columns.length, 1) * cell - gap
    if (canvas.width !== side) canvas.width = canvas.height = side
    const context = canvas.getContext('2d') as CanvasRenderingContext2D
    context.clearRect(0, 0, side, side)
    let largest = 1
    for (const count of counts) largest = Math.max(largest, count)
    for (let k = 0; k < counts.length; k++) {
      if (counts[k] === 0) continue
      context.fillStyle = hexOf(rampColour(Math.log1p(counts[k]) / Math.log1p(largest)))
      context.fillRect(
        (k % columns.length) * cell,
        Math.floor(k / columns.length) * cell,
        cell - gap,
        cell - gap,
      )
    }
  }

  /** Where there is room, beside the rows or above the columns; what can be pointed at tells the same to all. */
  #names(side: 'rows' | 'columns') {
    const { rows, columns } = this.#confusion as Confusion
    const most = Math.max(rows.length, columns.length)
    if (most > maxNamed) return nothing
    // The picture has as many cells a side as the longer of both.
    const labels = Array.from({ length: most }, (_, at) => (side === 'rows' ? rows : columns)[at])
    const nameOf = (label: number) => this.names.get(label) ?? String(label)
    const isShort = labels.every((label) => label === undefined || nameOf(label).length <= 3)
    return html`<ul class="names of-${side} ${isShort ? 'short' : ''}" aria-hidden="true">${labels.map((label) => (label === undefined ? html`<li></li>` : html`<li title=${this.#name(label)}>${nameOf(label)}</li>`))}</ul>`
  }

  #cellAt({ offsetX, offsetY, target }: MouseEvent): { row: number; column: number } | undefined {
    const { rows, columns } = this.#confusion as Confusion
    const cells = Math.max(rows.length, columns.length, 1)
    const { clientWidth } = target as HTMLCanvasElement
    const [column, row] = [offsetX, offsetY].map((offset) => Math.floor((offset / clientWidth) * cells))
    const isInside = row >= 0 && column >= 0 && row < rows.length && column < columns.length
    return isInside ? { row, column } : undefined
  }

  #point(event: PointerEvent) {
    const { rows, columns, counts } = this.#confusion as Confusion
    const cell = this.#cellAt(event)
    this.at = cell
      ? `truth ${this.#name(rows[cell.row])} · prediction ${this.#name(columns[cell.column])} · ${showCount(counts[cell.row * columns.length + cell.column])} px`
      : ''
  }

  #click(event: MouseEvent) {
    const cell = this.#cellAt(event)
    const { rows, columns } = this.#confusion as Confusion
    if (cell && this.canChoose) this.#choose(rows[cell.row], columns[cell.column])
  }

  #choose(groundTruth: number, prediction: number) {
    this.dispatchEvent(new CustomEvent('confused', { detail: [groundTruth, prediction] }))
  }

  #name(label: number): string {
    const name = this.names.get(label)
    return name === undefined ? String(label) : `${label} ${name}`
  }
}
customElements.define('confusion-matrix', ConfusionMatrix)
