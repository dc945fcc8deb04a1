import { css, html, LitElement, nothing } from 'lit'
import { contract } from '../api/client.ts'
import { LastWork } from '../api/last-work.ts'
import { type OptionField, optionFields, textOfValue, valueOfField } from '../pair/option-fields.ts'
import { problemOfCall } from './problem-of-call.ts'
import { sharedStyles } from './shared-styles.ts'
import { withCode } from './with-code.ts'

type Options = Readonly<Record<string, unknown>>

/** The options of a scoring, out of the contract of the service. Fires `options` with those that are not the default. */
export class OptionForm extends LitElement {
  static override properties = {
    options: { attribute: false },
    fields: { state: true },
    mistake: { state: true },
  }
  declare options: Options
  declare fields: readonly OptionField[]
  declare mistake: string
  readonly #reading = new LastWork(this)

  static override styles = [
    sharedStyles,
    css`
      form { display: grid; gap: 1rem; padding: 1rem 1.25rem }
      .fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .8rem 1.25rem }
      label { display: grid; gap: .15rem; align-content: start; font-size: .8125rem }
      label.flag { grid-template-columns: auto 1fr; gap: .1rem .5rem; align-items: center }
      label.flag .about { grid-column: 2 }
      .name { font-family: var(--mono); font-weight: 600 }
      .about { color: var(--soft); font-size: .75rem; line-height: 1.4; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden }
      textarea { inline-size: 100%; min-height: 5rem; font-family: var(--mono) }
      .buttons { display: flex; gap: .5rem } .mistake { color: var(--bad) }
    `,
  ]

  constructor() {
    super()
    this.fields = []
    this.mistake = ''
  }

  override connectedCallback() {
    super.connectedCallback()
    this.#read()
  }

  #read() {
    this.#reading.run(async () => {
      this.fields = optionFields(await contract())
    })
  }

  /** The pair around is no part of what is asked for again. */
  #retry = (event: Event) => {
    event.stopPropagation()
    this.#read()
  }

  override render() {
    const named = new Set(this.fields.map(({ name }) => name))
    const others = Object.fromEntries(Object.entries(this.options).filter(([name]) => !named.has(name)))
    return html`<div @retry=${this.#retry}>${problemOfCall(this.#reading.problem)}</div><form class="card" @submit=${this.#submit}>
      <div class="fields">${this.fields.map((field) => this.#field(field))}</div>
      <details ?open=${Object.keys(others).length > 0}><summary>Other options, as JSON</summary>
        <textarea name="" aria-label="Other options, as JSON" spellcheck="false" .value=${Object.keys(others).length > 0 ? JSON.stringify(others, null, 2) : ''} placeholder='{"ground_truth": {"preset": "voc"}}'></textarea>
      </details>
      ${this.mistake ? html`<p class="mistake" role="alert">${this.mistake}</p>` : nothing}
      <div class="buttons"><button class="primary">Score with these</button>
        <button type="button" @click=${() => this.#send({})}>All defaults</button></div>
    </form>`
  }

  #field(field: OptionField) {
    const { name, kind, description, choices } = field
    const value = textOfValue(field, this.options[name])
    const about = html`<span class="about" title=${description}>${withCode(description)}</span>`
    if (kind === 'flag')
      return html`<label class="flag"><input type="checkbox" name=${name} .checked=${value === 'true'}><span class="name">${name}</span>${about}</label>`
    return html`<label><span class="name">${name}</span>
      ${
        kind === 'choice'
          ? html`<select name=${name} .value=${value}>${value === '' ? html`<option value="">default</option>` : nothing}${choices.map((choice) => html`<option ?selected=${choice === value}>${choice}</option>`)}</select>`
          : html`<input name=${name} inputmode=${kind === 'number' ? 'decimal' : 'text'} placeholder=${kind === 'numbers' ? '255, 0' : 'default'} .value=${value}>`
      }
      ${about}</label>`
  }

  #submit(event: SubmitEvent) {
    event.preventDefault()
    const text = this.renderRoot.querySelector('textarea')?.value.trim() ?? ''
    try {
      const others: unknown = text === '' ? {} : JSON.parse(text)
      if (typeof others !== 'object' || others === null || Array.isArray(others))
        throw new Error('it is no object')
      const options: Record<string, unknown> = { ...others }
      for (const field of this.fields) {
        const input = this.renderRoot.querySelector(`[name="${field.name}"]`) as HTMLInputElement
        const value = valueOfField(field, field.kind === 'flag' ? String(input.checked) : input.value)
        if (value !== undefined) options[field.name] = value
      }
      this.#send(options)
    } catch (error) {
      this.mistake = `The other options are no JSON: ${(error as Error).message}.`
    }
  }

  #send(options: Options) {
    this.mistake = ''
    this.dispatchEvent(new CustomEvent('options', { detail: options }))
  }
}
customElements.define('option-form', OptionForm)
