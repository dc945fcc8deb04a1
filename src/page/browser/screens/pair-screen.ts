import { html, LitElement, nothing } from 'lit'
import { readPairAddress } from '../address/pair-address.ts'
import { remember } from '../address/remember.ts'
import { cancelled, problemOf, type ShownProblem } from '../api/shown-problem.ts'
import { handOver } from '../dataset/hand-over.ts'
import '../elements/drop-zone.ts'
import { problemOfCall } from '../elements/problem-of-call.ts'
import '../elements/scoring-progress.ts'
import { entriesOf } from '../dataset/dropped-entries.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import { type ChosenFiles, chooseSides, haveSameMasks, swapped } from '../pair/choose-sides.ts'
import { isDataset, noPair, noPhoto } from '../pair/dropped-files.ts'
import { takePair } from '../pair/hand-over-pair.ts'
import type { LoadedPair } from '../pair/loaded-pair.ts'
import { Look } from '../pair/look.ts'
import { isPairOf, linkToPair } from '../pair/pair-link.ts'
import { pairNotes } from '../pair/pair-notes.ts'
import type { Match } from '../pair/pair-source.ts'
import { type Options, pairRemedies } from '../pair/remedies.ts'
import { whatIsExpected } from '../pair/what-is-expected.ts'
import { loadPairAndParts, pairParts } from './pair-parts.ts'
import { pairScreenStyles } from './pair-screen-styles.ts'
import type { PairView } from './pair-view.ts'
import { seenPair } from './seen-pair.ts'

/** One pair from its files to what is seen: empty, loading, refused, scored. */
export class PairScreen extends LitElement {
  static override properties = {
    files: { state: true },
    pair: { state: true },
    photo: { state: true },
    problem: { state: true },
    isLoading: { state: true },
    sent: { state: true },
    isOptionsOpen: { state: true },
    options: { state: true },
  }
  declare files: ChosenFiles
  declare pair: LoadedPair | undefined
  declare photo: ImageBitmap | undefined
  declare problem: ShownProblem | undefined
  declare isLoading: boolean
  /** Share of the files that has gone. */
  declare sent: number
  declare isOptionsOpen: boolean
  declare options: Options
  readonly #look = new Look(this, () => this.#remember())
  #isExample = false
  #running: AbortController | undefined
  /** Those of the pair. */
  #scored: ChosenFiles = {}
  /** What the last link said that was opened. */
  #opened = readPairAddress('')

  static override styles = [sharedStyles, pairScreenStyles]

  constructor() {
    super()
    this.files = {}
    this.isLoading = this.isOptionsOpen = false
    this.options = {}
  }

  override render() {
    const { groundTruth, prediction } = this.files
    const hasFiles = groundTruth ?? prediction
    return html`<div class="screen" @remedy=${(event: CustomEvent<Options>) => this.#setOptions({ ...this.options, ...event.detail })}>
      <h1 class="visually-hidden">Compare two masks</h1>
      ${
        hasFiles
          ? html`<file-strip class="card" .files=${this.files} .report=${this.pair?.report} .isOptionsOpen=${this.isOptionsOpen} @swap=${() => this.#choose(swapped(this.files))} @change=${this.#clear} @options=${this.#turnOptions}></file-strip>`
          : nothing
      }
      ${this.isOptionsOpen && hasFiles ? html`<option-form .options=${this.options} @options=${(event: CustomEvent<Options>) => this.#setOptions(event.detail)}></option-form>` : nothing}
      ${problemOfCall(this.problem, this.problem && pairRemedies(this.problem.problem, this.options))}
      ${this.problem && this.pair ? html`<p class="soft">What follows is the pair as it was scored before.</p>` : nothing}
      ${this.isLoading ? html`<scoring-progress .sent=${this.sent} @cancel=${this.#cancel}></scoring-progress>` : nothing}
      ${this.pair ? this.#seen(this.pair) : nothing}
      ${!groundTruth || !prediction ? html`<drop-zone .expects=${whatIsExpected(this.files, this.#opened)} @files=${(event: CustomEvent<File[]>) => this.take(event.detail)} @drop-files=${(event: CustomEvent<DataTransfer | null>) => this.takeDrop(event.detail)} @example=${this.#example}></drop-zone>` : nothing}
    </div>`
  }

  #seen(pair: LoadedPair) {
    const { isLoading, photo, files, problem } = this
    const notes = pairNotes(pair.report, this.#opened, this.#isExample, photo, files.photo)
    const isStale = isLoading || problem !== undefined
    const seen = { pair, photo, photoFile: files.photo, notes, link: this.#link, isLoading, isStale }
    return seenPair(seen, this.#look, (match) => this.#rematch(match))
  }

  /** A link is opened; without one, what is still there has its address. */
  set address(address: string) {
    const handed = takePair()
    if (handed) {
      this.#clear()
      this.options = handed.options
      this.#choose(handed.files)
    } else if (address.includes('?') && !(this.pair && `#${address}` === this.#link())) this.#open(address)
    else setTimeout(() => this.#remember())
  }

  /** Files that are there are shown as the link says, unless it is about others. */
  #open(link: string) {
    this.#running?.abort()
    this.#opened = readPairAddress(link)
    const { options, isExample } = this.#opened
    this.options = options
    this.#look.address = this.#opened
    if (this.pair && !isPairOf(this.pair.report, this.#opened)) this.files = {}
    this.pair = this.problem = undefined
    if (isExample) this.#example()
    else this.retry()
  }

  /** Takes what was dropped anywhere on the page. */
  takeDrop(data: DataTransfer | null) {
    this.take([...(data?.files ?? [])], entriesOf(data))
  }

  /** Takes files that were dropped or chosen; what is no pair is told. */
  take(files: readonly File[], entries: readonly FileSystemEntry[] = []) {
    if (isDataset(files, entries)) {
      handOver((how) => (entries.length > 0 ? how.sourcesOfEntries(entries) : how.sourcesOfFiles(files)))
      return
    }
    this.problem = noPair(files)
    if (this.problem) return
    this.#isExample = false
    this.#choose(chooseSides(files, this.files))
  }

  /** Asks once more, with a key or when the service is free again. */
  retry() {
    const { groundTruth, prediction } = this.files
    if (groundTruth && prediction) this.#load()
  }

  /** @returns whether the key does something here */
  press(key: string): boolean {
    if (key === 'x' && this.pair) {
      this.#choose(swapped(this.files))
      return true
    }
    return (this.renderRoot.querySelector('pair-view') as PairView | null)?.press(key) ?? false
  }

  #example = async () => {
    const { exampleFiles } = await import('../pair/example-files.ts')
    const [groundTruth, prediction] = await exampleFiles()
    this.#isExample = true
    this.#choose({ groundTruth, prediction })
  }

  async #choose(files: ChosenFiles) {
    const { groundTruth, prediction } = files
    // The strip tells of one mask, too; where there are both, what loads them tells whether it came.
    const parts = groundTruth || prediction ? pairParts() : undefined
    if (groundTruth && prediction) parts?.catch(() => undefined)
    this.files = files
    const photo = files.photo && (await createImageBitmap(files.photo).catch(() => undefined))
    // Others may have been chosen meanwhile.
    if (this.files !== files) return
    this.photo = photo
    if (groundTruth && prediction) this.#load()
    else if (files.photo && !photo) this.problem = noPhoto(files.photo)
  }

  #clear() {
    this.#running?.abort()
    this.#isExample = false
    this.files = {}
    this.pair = this.problem = this.photo = this.#look.view = undefined
    this.options = {}
    history.replaceState(null, '', '#/pair')
  }

  #setOptions(options: Options) {
    this.options = options
    this.#opened = { ...this.#opened, hasBadOptions: false }
    this.retry()
  }

  async #rematch(match: Match) {
    this.#look.match = match
    const { rematched } = await import('../pair/loaded-pair.ts')
    await this.#run(async (signal) => this.pair && rematched(this.pair, match, signal))
  }

  #turnOptions = async () => {
    await import('../elements/option-form.ts')
    this.isOptionsOpen = !this.isOptionsOpen
  }

  #load(): Promise<void> {
    const { groundTruth, prediction } = this.files
    return this.#run(async (signal) => {
      if (!groundTruth || !prediction) return undefined
      const request = { groundTruth, prediction, options: this.options }
      return loadPairAndParts(request, this.#look.match, signal, (share) => {
        this.sent = share
      })
    })
  }

  async #run(work: (signal: AbortSignal) => Promise<LoadedPair | undefined>): Promise<void> {
    this.#running?.abort()
    const running = new AbortController()
    this.#running = running
    this.isLoading = true
    this.problem = undefined
    this.sent = 0
    try {
      const pair = await work(running.signal)
      if (this.#running !== running) return
      if (pair) this.pair = pair
      this.#scored = this.files
      this.#remember()
    } catch (error) {
      if (this.#running !== running) return
      // Scores of other masks would be taken for those of these.
      if (!haveSameMasks(this.files, this.#scored)) this.pair = undefined
      if (!running.signal.aborted) this.problem = problemOf(error)
    } finally {
      if (this.#running === running) this.isLoading = false
    }
  }

  #cancel = () => {
    this.#running?.abort()
    this.problem = cancelled
  }

  #link = (): string => {
    const { pair, options } = this
    return linkToPair(pair, this.#look.address, { options, isExample: this.#isExample })
  }

  #remember() {
    if (this.pair && this.isConnected) remember(this.#link())
  }
}
customElements.define('pair-screen', PairScreen)
