import { css, html, LitElement, nothing } from 'lit'
import type { Evaluation } from '../../api/types.ts'
import { checksOf, headlineScores, pooledScores, type RunScore } from '../../runs/run-summary.ts'
import { sharedStyles } from '../shared-styles.ts'
import { showScore } from '../show-number.ts'

const resultSigns = { pass: '✓', fail: '✗', not_computed: '–', not_comparable: '–' } as const

/** The scores of a run over all its pixels, with their intervals, and the checks that it passed or not. */
export class RunScores extends LitElement {
  static override properties = { summary: { attribute: false } }
  declare summary: NonNullable<Evaluation['summary']>

  static override styles = [
    sharedStyles,
    css`
      .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem }
      .card { padding: .8rem 1rem; min-width: 0 } .name, .about { font-size: .8125rem; color: var(--soft) }
      .value { font-size: 1.6rem; font-weight: 640; letter-spacing: -.02em; line-height: 1.3 }
      .checks { display: flex; flex-wrap: wrap; gap: .4rem; margin-top: .75rem } .checks li { padding: .2rem .65rem; border-radius: 99px; font-size: .8125rem; border: 1px solid var(--line); background: var(--card) }
      .pass { color: var(--merge) } .fail { color: var(--bad) } .none { color: var(--warn) }
      details { margin-top: .75rem } summary { font-weight: 650 } .scroll { overflow-x: auto; margin-top: .4rem; max-block-size: 26rem; overflow-y: auto }
      table { font-size: .8125rem } td, th { padding: .2rem 1rem .2rem 0; border-top: 1px solid var(--line); white-space: nowrap } .n { text-align: end }
      h3 { font-size: .875rem; margin: .8rem 0 .2rem }
    `,
  ]

  override render() {
    const { summary } = this
    const checks = checksOf(summary)
    return html`<div class="cards number">${headlineScores(summary).map(
      ({
        name,
        value,
        interval,
      }) => html`<div class="card"><div class="name">${name}</div><div class="value" title=${String(value)}>${showScore(value)}</div>
        <div class="about">${interval ? `${showScore(interval[0])} to ${showScore(interval[1])}` : 'no interval'}</div></div>`,
    )}</div>
    ${
      checks.length > 0
        ? html`<ul class="checks number" aria-label="Checks">${checks.map(
            ({ check, value, result, detail }) =>
              html`<li class=${result === 'pass' || result === 'fail' ? result : 'none'} title=${detail ?? ''}>${resultSigns[result]} <code>${check}</code> ${result === 'pass' || result === 'fail' ? showScore(value) : result.replace('_', ' ')}</li>`,
          )}</ul>`
        : nothing
    }
    <details class="card"><summary>All scores</summary>
      <div class="scroll number" tabindex="0" role="region" aria-label="All scores of the run">
      <h3>Over all pixels and objects</h3>
      ${this.#pooled(pooledScores(summary))}
      <h3>Means over images</h3>
      <table><thead><tr><th scope="col">score</th><th scope="col" class="n">mean</th><th scope="col" class="n">std</th><th scope="col" class="n">lowest</th><th scope="col" class="n">median</th><th scope="col" class="n">highest</th><th scope="col" class="n">images</th></tr></thead>
      <tbody>${Object.entries(summary.macro).map(([name, row]) => html`<tr><th scope="row">${name}</th>${(['mean', 'std', 'min', 'median', 'max'] as const).map((key) => html`<td class="n">${showScore(numberIn(row, key))}</td>`)}<td class="n">${numberIn(row, 'defined')}</td></tr>`)}</tbody></table>
      </div></details>`
  }

  #pooled(scores: readonly RunScore[]) {
    return html`<table><thead><tr><th scope="col">score</th><th scope="col" class="n">value</th><th scope="col" class="n">interval</th></tr></thead>
      <tbody>${scores.map(({ name, value, interval }) => html`<tr><th scope="row">${name}</th><td class="n" title=${String(value)}>${showScore(value)}</td><td class="n">${interval ? `${showScore(interval[0])} to ${showScore(interval[1])}` : ''}</td></tr>`)}</tbody></table>`
  }
}
customElements.define('run-scores', RunScores)

const numberIn = (row: Readonly<Record<string, unknown>>, key: string): number | null => {
  const value = row[key]
  return typeof value === 'number' ? value : null
}
