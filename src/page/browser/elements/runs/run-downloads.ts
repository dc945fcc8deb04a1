import { css, html, LitElement, nothing } from 'lit'
import { accessKey } from '../../address/access-key.ts'
import { bearerCall } from '../../address/bearer-call.ts'
import { copyText } from '../../api/copy-text.ts'
import { fileOfRun } from '../../api/evaluations.ts'
import { saveBlob } from '../../api/save-blob.ts'
import { problemOf, type ShownProblem } from '../../api/shown-problem.ts'
import type { Evaluation } from '../../api/types.ts'
import { problemOfCall } from '../problem-of-call.ts'
import { sharedStyles } from '../shared-styles.ts'

/** Name of the file → where the service has it. */
const files = {
  'report.html': '/report.html',
  'report.md': '/report.md',
  'items.csv': '/report.csv',
  'classes.csv': '/report.classes.csv',
  'junit.xml': '/report.junit.xml',
} as const
type FileName = keyof typeof files

/** Reports of a run as files, its link, and the call behind it. */
export class RunDownloads extends LitElement {
  static override properties = {
    run: {},
    summary: { attribute: false },
    told: { state: true },
    failed: { state: true },
  }
  /** Id of the run. */
  declare run: string
  declare summary: Evaluation['summary']
  declare told: string
  /** The file that could not be had, and why. */
  declare failed: { readonly name: FileName; readonly why: ShownProblem } | undefined

  static override styles = [
    sharedStyles,
    css`.failed problem-box { margin-bottom: .6rem } .actions { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem }`,
  ]

  constructor() {
    super()
    this.told = ''
  }

  override render() {
    return html`<div class="failed" @retry=${this.#retry}>${problemOfCall(this.failed?.why)}</div><div class="actions">
      <button @click=${() => this.#copy(location.href, 'The link')}>Copy link</button>
      <button @click=${this.#copyCurl}>Copy as curl</button>
      ${(Object.keys(files) as FileName[]).map((name) => html`<button @click=${() => this.#save(name)}>${name}</button>`)}
      <button @click=${this.#saveSummary}>summary.json</button>
      <span role="status" class="soft">${this.told || nothing}</span></div>`
  }

  #copyCurl() {
    this.#copy(bearerCall(`v1/evaluations/${this.run}`, accessKey.value !== ''), 'The call')
  }

  async #copy(text: string, what: string) {
    this.told = await copyText(text, what)
  }

  #saveSummary() {
    saveBlob(new Blob([`${JSON.stringify(this.summary, null, 2)}\n`]), 'summary.json')
    this.told = 'summary.json is saved.'
  }

  /** The run around is no part of what is asked for again. */
  #retry = (event: Event) => {
    event.stopPropagation()
    if (this.failed) this.#save(this.failed.name)
  }

  async #save(name: FileName) {
    this.told = `${name} is being made…`
    this.failed = undefined
    try {
      saveBlob(await fileOfRun(this.run, files[name]), name)
      this.told = `${name} is saved.`
    } catch (error) {
      this.told = ''
      this.failed = { name, why: problemOf(error) }
    }
  }
}
customElements.define('run-downloads', RunDownloads)
