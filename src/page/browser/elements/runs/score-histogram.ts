import { css, html, LitElement, nothing, svg } from 'lit'
import type { Histogram } from '../../api/types.ts'
import { ScoreTitles } from '../score-titles.ts'
import { sharedStyles } from '../shared-styles.ts'
import { showCount, showScore } from '../show-number.ts'

const height = 100

/** How a score is spread over the images. Dragging, or two fields, choose a range: fires `range` with [low, high], or undefined for all. */
export class ScoreHistogram extends LitElement {
  static override properties = {
    histogram: { attribute: false },
    range: { attribute: false },
    dragged: { state: true },
  }
  declare histogram: Histogram
  declare range: readonly [number, number] | undefined
  /** Bins that are being chosen. */
  declare dragged: readonly [number, number] | undefined

  readonly #titles = new ScoreTitles(this)

  static override styles = [
    sharedStyles,
    css`
      svg { display: block; inline-size: 100%; block-size: 9rem; touch-action: none; cursor: crosshair; background: var(--sunk); border-radius: 6px }
      rect.bar { fill: var(--accent) } rect.out { fill: var(--edge); opacity: .45 } rect.chosen { fill: var(--accent-soft) }
      .axis { display: flex; justify-content: space-between; font-size: .75rem; color: var(--soft); margin-top: .2rem }
      form { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem; margin-top: .5rem; font-size: .8125rem } input { inline-size: 6rem }
      details { font-size: .8125rem; margin-top: .4rem } td, th { padding: .15rem .6rem .15rem 0; border-top: 1px solid var(--line) } .n { text-align: end }
    `,
  ]

  override render() {
    const { counts, low, high, undefined: missing, score } = this.histogram
    if (low === null || high === null) return html`<p class="soft">No image has a value of ${score}.</p>`
    const largest = Math.max(1, ...counts)
    const [first, last] = this.#chosenBins()
    const isAll = this.range === undefined && this.dragged === undefined
    return html`<svg viewBox="0 0 ${counts.length} ${height}" preserveAspectRatio="none" role="img" aria-label="How ${score} is spread over the images; the numbers are in the table below."
        @pointerdown=${this.#press} @pointermove=${this.#move} @pointerup=${this.#release}>
        ${isAll ? nothing : svg`<rect class="chosen" x=${first} width=${last - first + 1} height=${height}></rect>`}
        ${counts.map((count, bin) => {
          // One image is seen beside ten thousand.
          const tall = count === 0 ? 0 : Math.max(3, (height - 4) * (count / largest))
          return svg`<rect class=${isAll || (bin >= first && bin <= last) ? 'bar' : 'out'} x=${bin + 0.06} width=".88" y=${height - tall} height=${tall}><title>${this.#binName(bin)}: ${showCount(count)}</title></rect>`
        })}
      </svg>
      <div class="axis number"><span>${showScore(low)}</span><span title=${this.#titles.of(score)}>${score}${missing > 0 ? `; ${showCount(missing)} without a value` : ''}</span><span>${showScore(high)}</span></div>
      <form @submit=${this.#submit}>
        <label>from <input name="low" inputmode="decimal" .value=${this.range ? String(this.range[0]) : ''} placeholder=${showScore(low)}></label>
        <label>to <input name="high" inputmode="decimal" .value=${this.range ? String(this.range[1]) : ''} placeholder=${showScore(high)}></label>
        <button>Show these</button>
        ${this.range ? html`<button type="button" @click=${() => this.#choose(undefined)}>Show all</button>` : nothing}
      </form>
      <details><summary>As a table</summary><table><thead><tr><th scope="col" title=${this.#titles.of(score)}>${score}</th><th scope="col" class="n">images</th></tr></thead>
        <tbody class="number">${counts.flatMap((count, bin) => (count === 0 ? [] : [html`<tr><td>${this.#binName(bin)}</td><td class="n">${showCount(count)}</td></tr>`]))}</tbody></table></details>`
  }

  #edge(bin: number): number {
    const { low, high, counts } = this.histogram
    return (low ?? 0) + (((high ?? 1) - (low ?? 0)) * bin) / counts.length
  }

  #binName(bin: number): string {
    return `${showScore(this.#edge(bin))} to ${showScore(this.#edge(bin + 1))}`
  }

  #chosenBins(): readonly [number, number] {
    if (this.dragged) return [Math.min(...this.dragged), Math.max(...this.dragged)]
    const { low, high, counts } = this.histogram
    if (!this.range) return [0, counts.length - 1]
    const width = ((high ?? 1) - (low ?? 0)) / counts.length || 1
    const at = (value: number) =>
      Math.min(counts.length - 1, Math.max(0, Math.floor((value - (low ?? 0)) / width)))
    return [at(this.range[0]), at(this.range[1] - width / 1e6)]
  }

  #binAt({ clientX, currentTarget }: PointerEvent): number {
    const { left, width } = (currentTarget as Element).getBoundingClientRect()
    const { length } = this.histogram.counts
    return Math.min(length - 1, Math.max(0, Math.floor(((clientX - left) / width) * length)))
  }

  #press = (event: PointerEvent) => {
    ;(event.currentTarget as Element).setPointerCapture(event.pointerId)
    const bin = this.#binAt(event)
    this.dragged = [bin, bin]
  }

  #move = (event: PointerEvent) => {
    if (this.dragged) this.dragged = [this.dragged[0], this.#binAt(event)]
  }

  #release = () => {
    const [first, last] = this.#chosenBins()
    this.dragged = undefined
    this.#choose([this.#edge(first), this.#edge(last + 1)])
  }

  #submit = (event: SubmitEvent) => {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    const { low, high } = this.histogram
    const number = (name: string, usual: number | null) => {
      const text = String(form.get(name) ?? '').trim()
      return text === '' ? (usual ?? 0) : Number(text)
    }
    const chosen = [number('low', low), number('high', high)] as const
    if (chosen.every(Number.isFinite)) this.#choose(chosen)
  }

  #choose(range: readonly [number, number] | undefined) {
    this.dispatchEvent(new CustomEvent('range', { detail: range }))
  }
}
customElements.define('score-histogram', ScoreHistogram)
