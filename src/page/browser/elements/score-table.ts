import { css, html, LitElement, nothing } from 'lit'
import type { Report } from '../api/types.ts'
import { ScoreTitles } from './score-titles.ts'
import { sharedStyles } from './shared-styles.ts'
import { showCount, showNumber, showScore, showShare } from './show-number.ts'

const maxClasses = 200
const families = [
  'information',
  'pairs',
  'overlap',
  'regions',
  'instances',
  'boundary',
  'detection',
  'soft',
  'calibration',
  'lesions',
] as const
type Families = Readonly<Record<string, unknown>>

/** The scores of every class, and every number of the report with why it is missing. */
export class ScoreTable extends LitElement {
  static override properties = { report: { attribute: false } }
  declare report: Report

  readonly #titles = new ScoreTitles(this)

  static override styles = [
    sharedStyles,
    css`
      details { padding: .7rem 1rem } details + details { border-top: 1px solid var(--line) }
      summary { font-weight: 650 }
      .scroll { overflow-x: auto; margin-top: .5rem }
      table { font-size: .8125rem } td, th { padding: .25rem .9rem .25rem 0; border-top: 1px solid var(--line); white-space: nowrap }
      table { inline-size: auto; min-inline-size: min(100%, 40rem) } td.n, th.n { text-align: end; min-inline-size: 5.5rem } td.wrap { white-space: normal; overflow-wrap: anywhere; max-width: 16rem }
      dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr)); gap: 0 1.5rem; font-size: .8125rem } dt { min-width: 0; overflow-wrap: anywhere } dd { text-align: end }
      dl div { display: flex; justify-content: space-between; gap: 1rem; padding: .2rem 0; border-top: 1px solid var(--line) }
      h3 { font-size: .875rem; margin: .9rem 0 .3rem } p { font-size: .8125rem; margin-top: .6rem }
    `,
  ]

  override render() {
    const { per_class: rows = [], truncated = 0 } = this.report.overlap ?? {}
    const hasNames = rows.some(({ name }) => name !== undefined)
    const inJson = Math.max(0, rows.length - maxClasses)
    return html`<div class="card">
      ${
        rows.length > 0
          ? html`<details><summary>Per class (${showCount(rows.length + truncated)})</summary><div class="scroll" tabindex="0" role="region" aria-label="Scores of each class"><table>
        <thead><tr><th scope="col">label</th>${hasNames ? html`<th scope="col">name</th>` : nothing}<th scope="col" class="n" title=${this.#titles.of('/overlap/per_class/*/support')}>pixels</th><th scope="col" class="n" title=${this.#titles.of('/overlap/per_class/*/iou')}>IoU</th><th scope="col" class="n" title=${this.#titles.of('/overlap/per_class/*/dice')}>Dice</th><th scope="col" class="n" title=${this.#titles.of('/overlap/per_class/*/precision')}>precision</th><th scope="col" class="n" title=${this.#titles.of('/overlap/per_class/*/recall')}>recall</th></tr></thead>
        <tbody class="number">${rows.slice(0, maxClasses).map((row) => html`<tr><td>${row.label}</td>${hasNames ? html`<td class="wrap">${row.name ?? ''}</td>` : nothing}<td class="n">${showCount(row.support)}</td><td class="n">${showScore(row.iou)}</td><td class="n">${showScore(row.dice)}</td><td class="n">${showScore(row.precision)}</td><td class="n">${showScore(row.recall)}</td></tr>`)}</tbody>
      </table></div>${inJson > 0 ? html`<p class="soft">${showCount(inJson)} more classes are in the JSON${truncated > 0 ? `; ${showCount(truncated)} smaller ones are not in the answer` : ''}.</p>` : nothing}</details>`
          : nothing
      }
      <details><summary>All scores</summary>
        ${families.map((family) => this.#family(family))}
        <p class="soft">Counted: ${showCount(this.report.pixels.counted)} of ${showCount(this.report.pixels.total)} pixels (${showShare(this.report.pixels.total === 0 ? 0 : this.report.pixels.counted / this.report.pixels.total)}).</p>
      </details>
    </div>`
  }

  #family(family: (typeof families)[number]) {
    const block = (this.report as Families)[family]
    if (typeof block !== 'object' || block === null) return nothing
    return html`<h3>${family}</h3><dl class="number">${numbersOf(block as Families, '').map(
      ([name, value]) => {
        const reason = this.report.reasons[`/${family}/${name.replaceAll('.', '/')}`]
        return html`<div><dt class="soft" title=${this.#titles.of(`/${family}/${name.replaceAll('.', '/')}`)}>${name}</dt><dd title=${String(value)}>${reason ? reason.replaceAll('_', ' ') : showNumber(value)}</dd></div>`
      },
    )}</dl>`
  }
}
customElements.define('score-table', ScoreTable)

/** The numbers of a block by their paths; lists have tables of their own. */
function numbersOf(block: Families, path: string): [name: string, value: number | null][] {
  return Object.entries(block).flatMap(([key, value]): [string, number | null][] => {
    if (typeof value === 'number' || value === null) return [[path + key, value]]
    return typeof value === 'object' && !Array.isArray(value)
      ? numbersOf(value as Families, `${path}${key}.`)
      : []
  })
}
