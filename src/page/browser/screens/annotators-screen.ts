import { css, html, LitElement, nothing } from 'lit'
import {
  type AnnotatorsAddress,
  readAnnotatorsAddress,
  writeAnnotatorsAddress,
} from '../address/annotators-address.ts'
import { type Agreement, agreementOf } from '../api/agreement.ts'
import { wrongFiles } from '../api/shown-problem.ts'
import { entriesOf } from '../dataset/dropped-entries.ts'
import { sourcesOfEntries, sourcesOfFiles } from '../dataset/read-drop.ts'
import '../annotators/agreement-matrix.ts'
import '../annotators/entropy-map.ts'
import type { RunAnnotators } from '../annotators/run-annotators.ts'
import { LastWork } from '../api/last-work.ts'
import { problemOfCall } from '../elements/problem-of-call.ts'
import '../annotators/run-annotators.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import { showScore, showShare } from '../elements/show-number.ts'
import '../elements/source-drop.ts'
import '../elements/warning-list.ts'
import { entropyMasks } from '../annotators/entropy-masks.ts'
import { masksOf } from '../annotators/masks-of.ts'
import type { ShownMasks } from '../masks/shown-masks.ts'
import { handOverPair } from '../pair/hand-over-pair.ts'
import { maskRemedies, type Options } from '../pair/remedies.ts'

const about =
  '2 to 20 masks of one image, or the folder that they are in: each file is an annotator. You see who deviates, by how much, and where.'

/** Who deviates: of masks of one image that are dropped, or of the annotators of a run. */
export class AnnotatorsScreen extends LitElement {
  static override properties = {
    place: { state: true },
    masks: { state: true },
    options: { state: true },
    agreement: { state: true },
    shown: { state: true },
  }
  declare place: AnnotatorsAddress
  declare masks: readonly File[]
  /** How the masks are read. */
  declare options: Options
  declare agreement: Agreement | undefined
  declare shown: ShownMasks | undefined
  readonly #work = new LastWork(this)

  static override styles = [
    sharedStyles,
    css`
      .screen { display: grid; gap: .9rem; min-width: 0 } .screen > * { min-width: 0 } h1 { font-size: 1.35rem; letter-spacing: -.015em }
      .card { padding: .9rem 1.1rem; min-width: 0 } h2 { margin-bottom: .6rem } .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(28rem, 100%), 1fr)); gap: .9rem; align-items: start } .columns.many { grid-template-columns: minmax(0, 1fr) }
      .told { margin-bottom: .6rem; overflow-wrap: anywhere } .bad { color: var(--bad) }
    `,
  ]

  constructor() {
    super()
    this.place = readAnnotatorsAddress('')
    this.masks = []
    this.options = {}
  }

  set address(address: string) {
    this.place = readAnnotatorsAddress(address)
  }

  override render() {
    const { problem, isRunning } = this.#work
    return html`<div class="screen" @remedy=${(event: CustomEvent<Options>) => this.#read(event.detail)}><h1>Annotators</h1>
      <source-drop files="masks" heading=${this.masks.length > 0 ? 'Drop the masks of another image' : 'Drop what several people made of one image'} about=${about} .isSmall=${this.masks.length > 0}
        @files=${(event: CustomEvent<File[]>) => this.#take(async () => sourcesOfFiles(event.detail))} @drop-files=${(event: CustomEvent<DataTransfer | null>) => this.takeDrop(event.detail)}></source-drop>
      ${problemOfCall(problem, problem && maskRemedies(problem.problem, this.options))}
      ${isRunning ? html`<p role="status" class="soft">Comparing the masks…</p>` : nothing}
      ${this.agreement ? this.#agreement(this.agreement) : nothing}
      <run-annotators .place=${this.place} @place=${(event: CustomEvent<AnnotatorsAddress>) => this.#go(event.detail)}></run-annotators>
    </div>`
  }

  #agreement(agreement: Agreement) {
    const { outlier, disagreement, warnings, annotators } = agreement
    const told = outlier
      ? html`<strong class="bad">${outlier.name}</strong> deviates most: <code>mi_loss</code> ${showScore(outlier.mean_mi_loss)} on average.`
      : 'All agree.'
    return html`${warnings.length > 0 ? html`<warning-list .warnings=${warnings}></warning-list>` : nothing}
      <div class="columns ${annotators.length > 6 ? 'many' : ''}">
        <section class="card"><h2>Each against each, ${annotators.length} annotators</h2><p class="told">${told} Press a number to look at the two.</p>
          <agreement-matrix .agreement=${agreement} @pair=${(event: CustomEvent<[number, number]>) => this.#look(event.detail)}></agreement-matrix></section>
        ${this.shown ? html`<section class="card"><h2>Where they differ</h2><p class="told number">On ${showShare(disagreement.share ?? 0)} of the pixels not all gave the same label.</p><entropy-map .agreement=${agreement} .masks=${this.shown}></entropy-map></section>` : nothing}
      </div>`
  }

  press(): boolean {
    return false
  }

  /** Takes what was dropped anywhere on the page. */
  takeDrop(data: DataTransfer | null): void {
    const entries = entriesOf(data)
    this.#take(() => sourcesOfEntries(entries))
  }

  /** Asks once more for what was refused, and for the runs. */
  retry(): void {
    if (this.#work.problem && this.masks.length > 0) this.#load()
    ;(this.renderRoot.querySelector('run-annotators') as RunAnnotators | null)?.retry()
  }

  async #take(read: () => ReturnType<typeof sourcesOfEntries>) {
    const { masks, why } = masksOf(await read())
    this.agreement = this.shown = undefined
    this.masks = masks
    this.options = {}
    if (why === undefined) this.#load()
    else this.#work.end(wrongFiles(why, 'Drop 2 to 20 masks of one image, or the folder that they are in.'))
  }

  #load() {
    const asked = { masks: this.masks, options: this.options }
    this.#work.run(async (signal) => {
      const agreement = await agreementOf(asked, signal)
      this.agreement = agreement
      this.shown = await entropyMasks(asked, agreement, signal)
    })
  }

  #read(options: Options) {
    this.options = { ...this.options, ...options }
    this.#load()
  }

  #look([row, column]: readonly [number, number]) {
    const { prediction } = this.options
    handOverPair({
      files: { groundTruth: this.masks[row], prediction: this.masks[column] },
      options: prediction ? { ground_truth: prediction, prediction } : {},
    })
  }

  #go(place: AnnotatorsAddress) {
    history.replaceState(null, '', writeAnnotatorsAddress(place))
    this.place = place
  }
}
customElements.define('annotators-screen', AnnotatorsScreen)
