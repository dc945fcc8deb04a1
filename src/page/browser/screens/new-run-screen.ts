import { css, html, LitElement, nothing } from 'lit'
import { createEvaluation, datasetNames } from '../api/new-evaluation.ts'
import { problemOf, type ShownProblem, wrongFiles } from '../api/shown-problem.ts'
import type { DatasetSource } from '../dataset/dataset-source.ts'
import { guessRoles, type Placed, type Role } from '../dataset/guess-roles.ts'
import { takeHandedOver } from '../dataset/hand-over.ts'
import { type Preview, previewMatching } from '../dataset/preview-matching.ts'
import { sourcesOfEntries, sourcesOfFiles } from '../dataset/read-drop.ts'
import { noWishes, optionsOfWishes, type RunWishes } from '../dataset/run-wishes.ts'
import { volumesOfOne } from '../dataset/volumes-of-one.ts'
import '../dataset/matching-view.ts'
import { problemOfCall } from '../elements/problem-of-call.ts'
import '../dataset/run-form.ts'
import type { SourceList } from '../dataset/source-list.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import { showCount } from '../elements/show-number.ts'
import '../dataset/source-list.ts'
import '../elements/source-drop.ts'
import { entriesOf } from '../dataset/dropped-entries.ts'

const about =
  'Two folders, zips or tars; or one that holds both. Volumes and exports of labeling tools are read, too. Their masks are matched by name, and you see which before anything is sent.'

/** A dataset from its drop to its run: what is what, what belongs together, how it is scored. */
export class NewRunScreen extends LitElement {
  static override properties = {
    address: {},
    placed: { state: true },
    preview: { state: true },
    wishes: { state: true },
    datasets: { state: true },
    problem: { state: true },
    noDatasets: { state: true },
    sent: { state: true },
    isReading: { state: true },
  }
  declare address: string
  declare placed: readonly Placed[]
  declare preview: Preview | undefined
  declare wishes: RunWishes
  declare datasets: readonly string[]
  declare problem: ShownProblem | undefined
  /** Why the stored ground truths are not known. */
  declare noDatasets: ShownProblem | undefined
  /** The share of the upload that has gone; undefined while nothing is sent. */
  declare sent: number | undefined
  declare isReading: boolean
  #sending: AbortController | undefined
  #previewed = 0
  /** What was sent did not arrive, or was refused. */
  #isRefused = false

  static override styles = [
    sharedStyles,
    css`
      .screen { display: grid; gap: .9rem; min-width: 0; max-width: 72rem; margin-inline: auto }
      .card { padding: 1rem 1.25rem; min-width: 0 } .card h2 { margin-bottom: .6rem }
      h1 { font-size: 1.35rem; letter-spacing: -.015em } .actions { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem 1rem }
      .actions .primary { min-height: 2.6rem; padding-inline: 1.2rem } progress { inline-size: min(20rem, 100%); accent-color: var(--accent) }
    `,
  ]

  constructor() {
    super()
    this.address = ''
    this.placed = this.datasets = []
    this.wishes = noWishes
    this.isReading = false
  }

  override connectedCallback() {
    super.connectedCallback()
    this.#takeHandedOver()
    this.#askDatasets()
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('address')) this.#takeHandedOver()
    if (changed.has('placed') || changed.has('wishes')) this.#look()
  }

  override render() {
    const isEmpty = this.placed.length === 0
    const hasBoth = ['ground_truth', 'prediction'].every((side) =>
      this.placed.some(({ role }) => role === side),
    )
    return html`<div class="screen"><h1>New run</h1>
      ${isEmpty ? nothing : html`<section class="card"><h2>What is what</h2><source-list .placed=${this.placed} @placed=${(event: CustomEvent<readonly Placed[]>) => this.#place(event.detail)}></source-list></section>`}
      ${this.preview ? html`<section class="card"><h2>A dataset?</h2><matching-view .preview=${this.preview}></matching-view></section>` : nothing}
      ${this.isReading ? html`<p role="status" class="soft">Reading the folders…</p>` : nothing}
      <source-drop files="archives" heading=${isEmpty ? 'Drop ground truths and predictions' : `Drop ${hasBoth ? '' : 'the other side, '}a manifest or photos`} about=${about} .isSmall=${!isEmpty} @files=${(event: CustomEvent<File[]>) => this.#add(Promise.resolve(sourcesOfFiles(event.detail)))} @drop-files=${(event: CustomEvent<DataTransfer | null>) => this.takeDrop(event.detail)}></source-drop>
      ${
        isEmpty
          ? nothing
          : html`<section class="card"><h2>How it is scored</h2><run-form .wishes=${this.wishes} .datasets=${this.datasets} @wishes=${(
              event: CustomEvent<RunWishes>,
            ) => {
              this.wishes = event.detail
            }}></run-form></section>
        <div class="actions">${this.#actions()}</div>`
      }
      ${problemOfCall(this.problem ?? this.noDatasets)}
    </div>`
  }

  #actions() {
    if (this.sent !== undefined) {
      const percent = Math.floor(100 * this.sent)
      return html`<progress aria-label="Sending" max="100" value=${percent}></progress><span role="status" class="number">${percent < 100 ? `${percent} % sent` : 'Sent; the service takes it in…'}</span>
        <button @click=${() => this.#sending?.abort()}>Cancel</button>`
    }
    const pairs = this.preview && 'matching' in this.preview ? this.preview.matching.pairs : undefined
    return html`<button class="primary" ?disabled=${!this.#isComplete() || pairs === 0} @click=${this.#send}>${pairs === undefined ? 'Evaluate' : `Evaluate ${showCount(pairs)} ${pairs === 1 ? 'pair' : 'pairs'}`}</button>
      <button @click=${() => this.#place([])}>Start again</button>
      ${this.#isComplete() ? nothing : html`<span class="soft">${this.wishes.dataset === '' ? 'A ground truth is missing: drop it, or choose a stored dataset.' : 'The prediction is missing: drop it.'}</span>`}`
  }

  /** @returns whether the key does something here */
  press(key: string): boolean {
    const list = this.renderRoot.querySelector('source-list') as SourceList | null
    if (key !== 'x' || !list) return false
    list.exchange()
    return true
  }

  /** Takes what was dropped anywhere on the page. */
  takeDrop(data: DataTransfer | null) {
    this.#add(sourcesOfEntries(entriesOf(data)))
  }

  /** Sends once more what was refused. */
  retry() {
    this.#askDatasets()
    if (this.#isRefused) this.#send()
  }

  #send = async () => {
    if (!this.#isComplete() || this.sent !== undefined) return
    const sending = new AbortController()
    this.#sending = sending
    this.problem = undefined
    this.#isRefused = false
    this.sent = 0
    try {
      const parts = new Map<string, DatasetSource>(
        this.placed.flatMap(({ source, role }) => (role === 'unused' ? [] : [[role, source] as const])),
      )
      const { name, dataset } = this.wishes
      const asked = { parts, name: name.trim(), dataset, options: optionsOfWishes(this.wishes) }
      const { id } = await createEvaluation(asked, (share) => this.#told(share), sending.signal)
      location.hash = `#/runs/${id}`
      this.#place([])
    } catch (error) {
      if (sending.signal.aborted) return
      this.#isRefused = true
      this.problem = problemOf(error)
    } finally {
      this.sent = undefined
    }
  }

  #told(share: number) {
    if (this.sent !== undefined) this.sent = share
  }

  #of(role: Role): DatasetSource | undefined {
    return this.placed.find((one) => one.role === role)?.source
  }

  #isComplete(): boolean {
    return this.wishes.dataset === ''
      ? this.#of('ground_truth') !== undefined
      : this.#of('prediction') !== undefined
  }

  #takeHandedOver() {
    const given = takeHandedOver()
    if (given) this.#add(given)
  }

  async #add(read: Promise<readonly DatasetSource[]>) {
    this.isReading = true
    try {
      const sources = await read
      if (sources.length === 0) return
      this.#place(guessRoles(volumesOfOne([...this.placed.map(({ source }) => source), ...sources])))
    } catch (error) {
      this.problem = wrongFiles(
        `What was dropped cannot be read: ${(error as Error).message}.`,
        'Check that it may be read, and drop it again.',
      )
    } finally {
      this.isReading = false
    }
  }

  #place(placed: readonly Placed[]) {
    this.placed = placed
    this.#isRefused = false
    this.problem = undefined
  }

  async #look() {
    const look = ++this.#previewed
    const groundTruth = this.#of('ground_truth')
    const isTold = groundTruth && this.wishes.dataset === '' && !this.#of('manifest')
    const patterns = { groundTruth: this.wishes.match_gt.trim(), prediction: this.wishes.match_pred.trim() }
    const preview = isTold ? await previewMatching(groundTruth, this.#of('prediction'), patterns) : undefined
    // A later look may have ended before.
    if (look === this.#previewed) this.preview = preview
  }

  async #askDatasets() {
    try {
      this.datasets = await datasetNames()
      this.noDatasets = undefined
    } catch (error) {
      this.noDatasets = problemOf(error)
    }
  }
}
customElements.define('new-run-screen', NewRunScreen)
