import { css, html, LitElement, nothing } from 'lit'
import type { Agreement } from '../api/agreement.ts'
import { ScoreTitles } from '../elements/score-titles.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import { showScore } from '../elements/show-number.ts'

/** Where there are more, columns are headed by numbers. */
const crowd = 6

/** mi_loss of each annotator against each. Fires `pair` with the numbers of two that are to be looked at. */
export class AgreementMatrix extends LitElement {
  static override properties = { agreement: { attribute: false } }
  declare agreement: Agreement

  readonly #titles = new ScoreTitles(this)

  static override styles = [
    sharedStyles,
    css`
      .scroll { position: relative; overflow-x: auto } table { inline-size: auto; min-inline-size: 100%; font-size: .875rem }
      th, td { padding: .25rem .35rem; border-top: 1px solid var(--line); text-align: end } thead th:first-child { text-align: start } thead th { border-top: 0; color: var(--soft); font-size: .8125rem; vertical-align: bottom } thead .name { max-inline-size: 7rem; margin-inline-start: auto }
      .name { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; overflow-wrap: anywhere; line-height: 1.25 } tr > :first-child { position: sticky; inset-inline-start: 0; z-index: 1; background: var(--card) } th[scope="row"] { text-align: start; min-inline-size: clamp(6rem, 14vw, 10rem) } button { display: grid; gap: .15rem; inline-size: 100%; min-inline-size: 3.9rem; min-height: 2rem; padding: .2rem .4rem; justify-items: stretch; text-align: end }
      svg { display: block; inline-size: 100%; block-size: .3rem; border-radius: 9px; background: var(--sunk) } rect { fill: var(--split) }
      .outlier { color: var(--bad) } .outlier .name::before { content: '⚑ ' } .mean { font-weight: 600 }
    `,
  ]

  override render() {
    const { annotators, mi_loss: losses, outlier } = this.agreement
    const isCrowded = annotators.length > crowd
    const most = Math.max(1e-9, ...losses.flatMap((row) => row.map((loss) => loss ?? 0)))
    return html`<div class="scroll" tabindex="0" role="region" aria-label="mi_loss of each annotator against each"><table>
      <thead><tr><th scope="col">annotator</th>${annotators.map(({ name }, at) => html`<th scope="col" title=${name}>${isCrowded ? html`<span aria-hidden="true">${at + 1}</span><span class="visually-hidden">${name}</span>` : html`<span class="name">${name}</span>`}</th>`)}<th scope="col" title=${this.#titles.of('mi_loss')}>mean</th></tr></thead>
      <tbody class="number">${annotators.map(
        ({ name, mean_mi_loss: mean }, row) => html`<tr>
        <th scope="row" class=${outlier?.name === name ? 'outlier' : ''} title=${name}><span class="name">${isCrowded ? html`<span class="soft" aria-hidden="true">${row + 1}</span> ` : nothing}${name}</span>${outlier?.name === name ? html`<span class="visually-hidden"> deviates most</span>` : nothing}</th>
        ${losses[row].map((loss, column) => html`<td>${row === column ? html`<span class="soft">–</span>` : this.#cell(loss, most, row, column)}</td>`)}
        <td class="mean" title=${String(mean)}>${showScore(mean)}</td></tr>`,
      )}</tbody></table></div>`
  }

  #cell(loss: number | null, most: number, row: number, column: number) {
    const { annotators } = this.agreement
    const names = `${annotators[row].name} and ${annotators[column].name}`
    return html`<button title=${`${names}: ${loss}`} aria-label="${names}: ${showScore(loss)}. Look at the pair" @click=${() => this.dispatchEvent(new CustomEvent('pair', { detail: [row, column] }))}>
      ${showScore(loss)}<svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect width=${(100 * (loss ?? 0)) / most} height="4"></rect></svg></button>`
  }
}
customElements.define('agreement-matrix', AgreementMatrix)
