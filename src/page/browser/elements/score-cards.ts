import { css, html, LitElement, svg } from 'lit'
import type { Report } from '../api/types.ts'
import { ScoreTitles } from './score-titles.ts'
import { sharedStyles } from './shared-styles.ts'
import { showCount, showScore } from './show-number.ts'

type Value = number | null | undefined

/** The loss with its two parts, and the scores that people ask for first. */
export class ScoreCards extends LitElement {
  static override properties = { report: { attribute: false } }
  declare report: Report

  readonly #titles = new ScoreTitles(this)

  static override styles = [
    sharedStyles,
    css`
      .cards { display: grid; grid-template-columns: minmax(16rem, 1.9fr); grid-auto-columns: minmax(0, 1fr); grid-auto-flow: column; gap: .75rem }
      .card { padding: .7rem .9rem; min-width: 0 }
      .name { font-size: .8125rem; color: var(--soft) }
      .value { font-size: 1.45rem; font-weight: 640; letter-spacing: -.02em; line-height: 1.25; font-variant-numeric: tabular-nums }
      .loss .value { font-size: 1.9rem; letter-spacing: -.03em }
      .head { display: flex; align-items: baseline; gap: 0 .7rem; flex-wrap: wrap }
      svg { display: block; inline-size: 100%; block-size: .6rem; margin: .35rem 0 .3rem; border-radius: 99px; background: var(--sunk) }
      .split { fill: var(--split) } .merge { fill: var(--merge) }
      .parts { display: flex; flex-wrap: wrap; gap: .1rem 1rem; font-size: .8125rem }
      .dot { display: inline-block; inline-size: .6rem; block-size: .6rem; border-radius: 50%; margin-inline-end: .3rem }
      .dot.s { background: var(--split) } .dot.m { background: var(--merge) }
      .why, .about { font-size: .75rem; line-height: 1.35; color: var(--soft) }
      @media (max-width: 64rem) { .cards { grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); grid-auto-flow: row } .loss { grid-column: 1 / -1 } }
      @media (max-width: 44rem) { .cards { grid-template-columns: 1fr 1fr } .card:last-child:nth-child(even) { grid-column: 1 / -1 } }
    `,
  ]

  override render() {
    const { report } = this
    const {
      mi_loss: loss,
      mi_loss_split: split,
      mi_loss_merge: merge,
      information,
      overlap,
      pairs,
      regions,
    } = report
    return html`<div class="cards">
      <div class="card loss">
        <div class="name" title=${this.#titles.of('mi_loss')}><code>mi_loss</code></div>
        <div class="head">
          <span class="value" title=${String(loss)}>${showScore(loss)}</span><span class="name">${verdict(loss)}</span>
        </div>
        <svg
          viewBox="0 0 1000 10"
          preserveAspectRatio="none"
          role="img"
          aria-label="Of the loss ${showScore(split)} are splits and ${showScore(merge)} merges"
        >
          ${svg`<rect class="split" height="10" width=${1000 * (split ?? 0)}></rect>
          <rect class="merge" height="10" x=${1000 * (split ?? 0)} width=${1000 * (merge ?? 0)}></rect>`}
        </svg>
        <div class="parts number">
          <span title="True segments that are cut apart. ${split}"><span class="dot s"></span>split ${showScore(split)}</span>
          <span title="True segments that are joined. ${merge}"><span class="dot m"></span>merge ${showScore(merge)}</span>
        </div>
        ${this.#why('/mi_loss')}
      </div>
      ${this.#card('Mean IoU', overlap?.mean_iou, '/overlap/mean_iou', `over ${showCount(overlap?.classes_averaged ?? 0)} ${overlap?.classes_averaged === 1 ? 'class' : 'classes'}, by name`)}
      ${this.#card('Pixel accuracy', overlap?.pixel_accuracy, '/overlap/pixel_accuracy', 'pixels whose labels are equal, by name')}
      ${this.#card('Best renaming', regions?.one_to_one_accuracy, '/regions/one_to_one_accuracy', 'pixels that agree, by shape')}
      ${this.#card('Adjusted Rand', pairs?.ari, '/pairs/ari', 'pairs of pixels, corrected for chance')}
      ${this.#card('VI', information?.vi, '/information/vi', `variation of information, ${information?.unit ?? 'bits'} a pixel`)}
    </div>`
  }

  #card(name: string, value: Value, pointer: string, meaning: string) {
    if (value === undefined) return undefined
    return html`<div class="card">
      <div class="name" title=${this.#titles.of(pointer)}>${name}</div>
      <div class="value" title=${String(value)}>${showScore(value)}</div>
      <div class="about">${meaning}</div>
      ${this.#why(pointer)}
    </div>`
  }

  #why(pointer: string) {
    const reason = this.report.reasons[pointer]
    return reason ? html`<div class="why">none: ${reason.replaceAll('_', ' ')}</div>` : undefined
  }
}
customElements.define('score-cards', ScoreCards)

function verdict(loss: Value): string {
  if (loss === null) return ''
  if (loss === 0) return 'the same segments'
  if (loss === 1) return 'nothing in common'
  return '0 perfect, 1 independent'
}
