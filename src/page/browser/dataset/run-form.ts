import { css, html, LitElement } from 'lit'
import { sharedStyles } from '../elements/shared-styles.ts'
import type { RunWishes } from './run-wishes.ts'

/** What a new run is called and how it is scored. Fires `wishes` at every change. */
export class RunForm extends LitElement {
  static override properties = { wishes: { attribute: false }, datasets: { attribute: false } }
  declare wishes: RunWishes
  /** Names of stored ground truths. */
  declare datasets: readonly string[]

  static override styles = [
    sharedStyles,
    css`
      .fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(16rem, 100%), 1fr)); gap: .8rem 1.25rem }
      label { display: grid; gap: .15rem; align-content: start; font-size: .8125rem; font-weight: 600 }
      label span { font-weight: 400; font-size: .75rem; line-height: 1.4; color: var(--soft) }
      details { margin-top: .9rem } details .fields, details > label { margin-top: .7rem }
      label { min-width: 0 } input, select, textarea { inline-size: 100%; min-width: 0; font-weight: 400 }
      textarea { min-height: 5rem; font-family: var(--mono) }
    `,
  ]

  override render() {
    const { datasets, wishes } = this
    return html`<form @submit=${(event: Event) => event.preventDefault()}>
      <div class="fields">
        ${this.#text('name', 'Name', 'How the run is called in lists', 'unet-7')}
        ${
          datasets.length > 0
            ? this.#choice('dataset', 'Ground truth', 'A stored dataset, or what you dropped', [
                ['', 'dropped here'],
                ...datasets.map((name) => [name, name] as const),
              ])
            : undefined
        }
        ${this.#choice('labels', 'Labels', 'Whether a label means the same in every image', [
          ['auto', 'as the files say'],
          ['classes', 'are classes'],
          ['objects', 'number the objects of an image'],
        ])}
        ${this.#choice('on_missing', 'Missing predictions', 'What a ground truth without a prediction does', [
          ['fail', 'nothing is scored'],
          ['empty', 'count as empty predictions'],
          ['skip', 'are left out, and told'],
        ])}
      </div>
      <details ?open=${wishes.match_gt !== '' || wishes.others !== ''}><summary>Matching, groups, other options</summary>
        <div class="fields">
          ${this.#text('match_gt', 'Match ground truths', 'A pattern of *, {key} and {group}', '{key}_gt')}
          ${this.#text('match_pred', 'Match predictions', 'The same for the other side', '{key}_pred')}
          ${this.#text('group_by', 'Group by', 'What images depend on each other by: folder, or a column of the manifest', 'patient')}
          ${this.#text('by', 'Scores by', 'Columns of the manifest, apart by commas', 'annotator, site')}
        </div>
        <label>Other options, as JSON<textarea name="others" spellcheck="false" placeholder='{"classes": {"0": "road", "1": "car"}}' .value=${wishes.others} @input=${this.#changed}></textarea></label>
      </details>
    </form>`
  }

  #text(name: keyof RunWishes, title: string, about: string, example: string) {
    return html`<label>${title}<input name=${name} placeholder=${example} .value=${this.wishes[name]} @input=${this.#changed}><span>${about}</span></label>`
  }

  #choice(
    name: keyof RunWishes,
    title: string,
    about: string,
    choices: readonly (readonly [value: string, text: string])[],
  ) {
    return html`<label>${title}<select name=${name} @change=${this.#changed}>${choices.map(([value, text]) => html`<option value=${value} ?selected=${value === this.wishes[name]}>${text}</option>`)}</select><span>${about}</span></label>`
  }

  #changed({ target }: Event) {
    const { name, value } = target as HTMLInputElement
    this.dispatchEvent(new CustomEvent('wishes', { detail: { ...this.wishes, [name]: value } }))
  }
}
customElements.define('run-form', RunForm)
