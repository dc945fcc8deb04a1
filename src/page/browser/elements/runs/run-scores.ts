import { css, html, LitElement, nothing } from 'lit'
import type { Evaluation } from '../../api/types.ts'
import { checksOf } from '../../runs/run-parts.ts'
import { headlineScores, type RunScore } from '../../runs/run-scores-of.ts'
import { ScoreTitles } from '../score-titles.ts'
import './all-run-scores.ts'
import { sharedStyles } from '../shared-styles.ts'
import { showScore } from '../show-number.ts'

const signs = { pass: '✓', fail: '✗', not_computed: '–', not_comparable: '–' } as const

/** The scores of a run over all its pixels, with their intervals, and the checks that it passed or not. */
export class RunScores extends LitElement {
  static override properties = { summary: { attribute: false } }
  declare summary: NonNullable<Evaluation['summary']>

  readonly #titles = new ScoreTitles(this)

  static override styles = [
    sharedStyles,
    css`
      .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem }
      .score { padding: .8rem 1rem; min-width: 0 } .name, .about { font-size: .8125rem; color: var(--soft) } .about { min-height: 1.25rem }
      .value { font-size: 1.6rem; font-weight: 640; letter-spacing: -.02em; line-height: 1.3 }
      .checks { display: flex; flex-wrap: wrap; gap: .4rem; margin-top: .75rem } .checks li { padding: .2rem .65rem; border-radius: 99px; font-size: .8125rem; border: 1px solid var(--line); background: var(--card) }
      .pass { color: var(--merge) } .fail { color: var(--bad) } .none { color: var(--warn) } all-run-scores { margin-top: .75rem }
      @media (max-width: 44rem) { .cards { grid-template-columns: 1fr 1fr } .score:last-child:nth-child(odd) { grid-column: 1 / -1 } }
    `,
  ]

  override render() {
    const { summary } = this
    const checks = checksOf(summary)
    return html`<div class="cards number">${headlineScores(summary).map(this.#card)}</div>
    ${
      checks.length > 0
        ? html`<ul class="checks number" aria-label="Checks">${checks.map(
            ({ check, value, result, detail }) =>
              html`<li class=${result === 'pass' || result === 'fail' ? result : 'none'} title=${detail ?? nothing}><span aria-hidden="true">${signs[result]}</span> ${result.replaceAll('_', ' ')} <code>${check}</code> ${value === null ? nothing : showScore(value)}</li>`,
          )}</ul>`
        : nothing
    }
    <all-run-scores .summary=${summary}></all-run-scores>`
  }

  #card = ({ name, pointer, value, interval, remark }: RunScore) => {
    const between = interval ? `${showScore(interval[0])} to ${showScore(interval[1])}` : ''
    return html`<div class="card score"><div class="name" title=${this.#titles.of(pointer)}>${name}</div><div class="value" title=${String(value)}>${showScore(value)}</div>
      <div class="about">${between ? html`<span title="95 % interval">${between}</span>` : value === null ? remark : 'no interval'}${remark && value !== null ? html` · ${remark}` : nothing}</div></div>`
  }
}
customElements.define('run-scores', RunScores)
