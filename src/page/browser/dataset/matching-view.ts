import { css, html, LitElement, nothing } from 'lit'
import { sharedStyles } from '../elements/shared-styles.ts'
import { showCount } from '../elements/show-number.ts'
import { withCode } from '../elements/with-code.ts'
import { inWordsOfTheForm } from './hint-words.ts'
import type { Preview } from './preview-matching.ts'

/** Most names of one kind that are listed; the rest is counted. */
const mostNames = 200

/** Which masks belong together, and which do not. */
export class MatchingView extends LitElement {
  static override properties = { preview: { attribute: false } }
  declare preview: Preview

  static override styles = [
    sharedStyles,
    css`
      .numbers { display: flex; flex-wrap: wrap; gap: .3rem 1.6rem; align-items: baseline }
      .pairs { font-size: 1.6rem; font-weight: 640; letter-spacing: -.02em }
      .bad { color: var(--bad); font-weight: 600 }
      details { margin-top: .35rem; font-size: .875rem }
      ul { max-height: 14rem; overflow: auto; padding-inline-start: 1rem } li { overflow-wrap: anywhere }
      .hint { margin-top: .4rem; padding: .4rem .7rem; border-radius: 7px; background: var(--accent-soft); font-size: .875rem; overflow-wrap: anywhere }
    `,
  ]

  override render() {
    if ('why' in this.preview) return html`<p class="hint" role="status">${withCode(this.preview.why)}</p>`
    const { rule, pairs, missing, extra, ambiguous, hints, junk } = this.preview.matching
    const passedOver = [...Object.entries(junk.ground_truth), ...Object.entries(junk.prediction)]
    return html`<div role="status">
      <p class="numbers number"><span class="pairs">${showCount(pairs)} ${pairs === 1 ? 'pair' : 'pairs'}</span>
        <span class="soft">by the rule <code>${rule}</code></span>
        ${this.#count(missing.length, 'without a prediction')} ${this.#count(extra.length, 'without a ground truth')}
        ${this.#count(ambiguous.length, 'with several files')}</p>
      ${hints.map((hint) => html`<p class="hint">${withCode(inWordsOfTheForm(hint))}</p>`)}
      ${this.#list('Without a prediction', missing)}
      ${this.#list('Without a ground truth', extra)}
      ${this.#list(
        'Several files of one name',
        ambiguous.map(({ key, candidates }) => `${key}: ${candidates.join(', ')}`),
      )}
      ${this.#list(
        'Passed over',
        passedOver.map(([kind, count]) => `${kind}: ${showCount(count)}`),
      )}
    </div>`
  }

  #count(count: number, what: string) {
    return count > 0 ? html`<span class="bad">${showCount(count)} ${what}</span>` : nothing
  }

  #list(title: string, names: readonly string[]) {
    if (names.length === 0) return nothing
    return html`<details><summary>${title} (${showCount(names.length)})</summary><ul tabindex="0" aria-label=${title}>${names.slice(0, mostNames).map((name) => html`<li>${name}</li>`)}
      ${names.length > mostNames ? html`<li class="soft">and ${showCount(names.length - mostNames)} more</li>` : nothing}</ul></details>`
  }
}
customElements.define('matching-view', MatchingView)
