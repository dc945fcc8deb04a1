import { css, html, LitElement } from 'lit'
import { rampColour } from '../../../labels/mask-colours.ts'
import { hexOf } from '../elements/colour-swatch.ts'
import { ScoreTitles } from '../elements/score-titles.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import { showCount, showScore } from '../elements/show-number.ts'
import { nearestPoint, type Scatter, scatterRange } from './scatter-scale.ts'

const side = 640
const margin = 16
const room = side - 2 * margin
const [worse, better, equal] = ['#e0742a', '#56b4e9', '#8b96a3']

/** A score of two runs, an image a point: A to the right, B upwards. Fires `item` with the index of a point that is chosen. */
export class ScoreScatter extends LitElement {
  static override properties = {
    scatter: { attribute: false },
    score: {},
    isHigherBetter: { attribute: false },
    chosen: { attribute: false },
    at: { state: true },
  }
  declare scatter: Scatter
  declare score: string
  declare isHigherBetter: boolean | undefined
  /** Index of the item that is shown. */
  declare chosen: number | undefined
  /** Place in the list of the point that is pointed at. */
  declare at: number | undefined

  readonly #titles = new ScoreTitles(this)

  static override styles = [
    sharedStyles,
    css`
      .axes { display: grid; grid-template-columns: auto 1fr; gap: .25rem .4rem; font-size: .75rem; color: var(--soft) }
      .left { writing-mode: vertical-rl; transform: rotate(180deg); text-align: center } .below { display: flex; justify-content: space-between; max-inline-size: 30rem }
      canvas { display: block; inline-size: 100%; max-inline-size: 30rem; aspect-ratio: 1; background: var(--stage); border-radius: 6px; cursor: crosshair }
      p { font-size: .8125rem; min-height: 2.5rem; overflow-wrap: anywhere }
    `,
  ]

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('scatter')) this.at = undefined
  }

  override render() {
    const [low, high] = scatterRange(this.scatter)
    const worseSide = this.isHigherBetter === undefined ? '' : this.isHigherBetter ? 'below' : 'above'
    const label = `${this.score} of both runs, an image a point. The table beside it lists the same images. Arrow keys go from point to point, Enter opens one.`
    return html`<div class="axes"><span class="left" title=${this.#titles.of(this.score)}>B: ${this.score} →</span>
        <canvas width=${side} height=${side} tabindex="0" role="application" aria-roledescription="scatter plot" aria-label=${label}
          @pointermove=${this.#point} @pointerleave=${() => {
            this.at = undefined
          }} @click=${this.#open} @keydown=${this.#key}></canvas>
        <span></span><span class="below number"><span>${showScore(low)}</span><span title=${this.#titles.of(this.score)}>A: ${this.score} →</span><span>${showScore(high)}</span></span></div>
      <p class="soft number" aria-live="polite">${this.#told() || `On the line both are equal; ${worseSide ? `${worseSide} it, in orange, B is worse` : 'this score is neither better nor worse'}.`}</p>`
  }

  override updated() {
    const context = this.renderRoot.querySelector('canvas')?.getContext('2d')
    if (!context) return
    context.clearRect(0, 0, side, side)
    context.strokeStyle = '#5b6673'
    context.beginPath()
    context.moveTo(margin, side - margin)
    context.lineTo(side - margin, margin)
    context.stroke()
    if (this.scatter.type === 'points') this.#drawPoints(context, this.scatter.points)
    else this.#drawCells(context, this.scatter)
  }

  #drawPoints(context: CanvasRenderingContext2D, points: Extract<Scatter, { type: 'points' }>['points']) {
    const [low, high] = scatterRange(this.scatter)
    const x = (value: number) => margin + (room * (value - low)) / (high - low)
    const radius = points.length > 1000 ? 2.5 : points.length > 100 ? 4 : 6
    context.globalAlpha = points.length > 1000 ? 0.6 : 0.9
    for (const [place, [index, a, b]] of points.entries()) {
      const isMarked = index === this.chosen || place === this.at
      context.fillStyle =
        a === b || this.isHigherBetter === undefined ? equal : b < a === this.isHigherBetter ? worse : better
      context.beginPath()
      context.arc(x(a), side - x(b), isMarked ? radius + 3 : radius, 0, 7)
      context.fill()
      if (!isMarked) continue
      context.lineWidth = 2
      context.strokeStyle = '#ffffff'
      context.stroke()
    }
    context.globalAlpha = 1
  }

  #drawCells(context: CanvasRenderingContext2D, { size, cells }: Extract<Scatter, { type: 'bins' }>) {
    const cell = room / size
    const most = Math.max(1, ...cells.map(([, , items]) => items))
    for (const [column, row, items] of cells) {
      context.fillStyle = hexOf(rampColour(0.25 + (0.75 * Math.log1p(items)) / Math.log1p(most)))
      context.fillRect(margin + column * cell, side - margin - (row + 1) * cell, cell, cell)
    }
  }

  #told(): string {
    if (this.scatter.type === 'bins')
      return `${showCount(this.scatter.cells.reduce((sum, [, , items]) => sum + items, 0))} images: brighter is more of them.`
    const point = this.at === undefined ? undefined : this.scatter.points[this.at]
    return point ? `image ${point[0]} · A ${showScore(point[1])} · B ${showScore(point[2])}` : ''
  }

  #point({ offsetX, offsetY, target }: PointerEvent) {
    if (this.scatter.type === 'bins') return
    const scale = side / (target as HTMLCanvasElement).clientWidth
    const [x, y] = [(offsetX * scale - margin) / room, (side - margin - offsetY * scale) / room]
    this.at = nearestPoint(this.scatter.points, scatterRange(this.scatter), x, y)
  }

  #key(event: KeyboardEvent) {
    if (this.scatter.type === 'bins') return
    const { length } = this.scatter.points
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (step !== undefined && length > 0)
      this.at = ((this.at ?? (step > 0 ? -1 : 0)) + step + length) % length
    else if (event.key === 'Enter') this.#open()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  #open() {
    const point =
      this.scatter.type === 'points' && this.at !== undefined ? this.scatter.points[this.at] : undefined
    if (point) this.dispatchEvent(new CustomEvent('item', { detail: point[0] }))
  }
}
customElements.define('score-scatter', ScoreScatter)
