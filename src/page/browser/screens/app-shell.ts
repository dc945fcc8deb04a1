import { css, html, LitElement, nothing } from 'lit'
import { isForPage } from '../address/key-bindings.ts'
import { applyTheme, nextTheme, setTheme, theme } from '../address/theme.ts'
import { problemOf } from '../api/shown-problem.ts'
import type { HelpDialog } from '../elements/help-dialog.ts'
import type { KeyDialog } from '../elements/key-dialog.ts'
import { sharedStyles } from '../elements/shared-styles.ts'
import { type ScreenElement, screenAt, screens } from './screens.ts'

/** Sooner than that a screen is there, on a usual line. */
const slowMs = 300
const themeNames = { system: 'as the system', light: 'light', dark: 'dark' } as const
const themeSigns = { system: '◐', light: '☀', dark: '☾' } as const

/** The frame of the page: its head, its dialogs, and the screen of the address. */
export class AppShell extends LitElement {
  static override properties = {
    version: {},
    theme: { state: true },
    screen: { state: true },
    told: { state: true },
    notice: { state: true },
    coming: { state: true },
  }
  declare version: string
  declare theme: ReturnType<typeof theme>
  declare screen: ScreenElement | undefined
  /** Why a screen cannot be shown. */
  declare told: unknown
  /** What did not work on a screen that is still good to use. */
  declare notice: string
  /** The screen that is being loaded, once that takes a while. */
  declare coming: string
  /** A screen keeps what it shows while another one is looked at. */
  readonly #kept = new Map<string, ScreenElement>()
  /** Those that have not asked again since a key was given. */
  #ofOtherKey = new Set<ScreenElement>()

  static override styles = [
    sharedStyles,
    css`
      header { position: sticky; top: 0; z-index: 2; display: flex; align-items: center; gap: .25rem 1.25rem; padding: .45rem max(clamp(.75rem, 2.5vw, 1.75rem), (100% - 110rem) / 2 + clamp(.75rem, 2.5vw, 1.75rem)); background: var(--card); border-bottom: 1px solid var(--line) }
      .brand { display: flex; align-items: center; gap: .5rem; color: var(--ink); font-weight: 680; font-size: 1.0625rem; letter-spacing: -.02em; text-decoration: none }
      .brand svg { inline-size: 1.6rem; block-size: 1.6rem; border-radius: 6px }
      nav { display: flex; gap: .15rem }
      nav a { padding: .3rem .65rem; border-radius: 7px; color: var(--soft); text-decoration: none; font-size: .875rem }
      nav a:hover { background: var(--sunk); color: var(--ink) } nav a[aria-current] { color: var(--ink); font-weight: 600; background: var(--sunk) }
      .tools { display: flex; gap: .15rem; margin-inline-start: auto } .tools button { min-width: 2rem; padding-inline: .5rem }
      main:focus { outline: none } main { max-width: 110rem; margin-inline: auto; padding: clamp(.75rem, 2vw, 1.5rem) clamp(.75rem, 2.5vw, 1.75rem) 3rem }
      .told { padding: 1rem 1.25rem; overflow-wrap: anywhere } .told h1 { font-size: 1rem; font-weight: 500 }
      .notice { display: flex; align-items: center; justify-content: space-between; gap: 1rem; margin: 0 0 .9rem; padding: .5rem .5rem .5rem 1rem; border-radius: var(--round); background: var(--warn-soft); color: var(--ink); border-inline-start: 4px solid var(--warn); overflow-wrap: anywhere }
      @media (max-width: 40rem), (max-height: 28rem) { header { position: static; flex-wrap: wrap } nav { order: 1; inline-size: 100%; overflow-x: auto; gap: 0 } }
      @media print { header { position: static } .tools { display: none } }
      @media (max-width: 24rem) { nav { justify-content: space-between } nav a { padding-inline: .4rem } }
    `,
  ]

  constructor() {
    super()
    this.theme = theme()
    this.told = this.notice = this.coming = ''
    applyTheme()
    this.#show()
    window.addEventListener('hashchange', this.#show)
    window.addEventListener('keydown', this.#key)
    window.addEventListener('drop', this.#refuseDrop, true)
    // What nobody else tells.
    window.addEventListener('unhandledrejection', ({ reason }) => {
      this.notice = problemOf(reason).problem.detail
    })
    // A file that misses the drop area is meant for the page, too, and not for the browser.
    window.addEventListener('dragover', (event) => event.preventDefault())
    window.addEventListener('drop', (event) => {
      event.preventDefault()
      this.screen?.takeDrop(event.dataTransfer)
    })
  }

  override render() {
    return html`<header>
        <a class="brand" href="#/pair" aria-label="maskscore"><svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" fill="#1b2027"></rect><circle cx="12.5" cy="16" r="7.5" fill="#56b4e9"></circle><circle cx="19.5" cy="16" r="7.5" fill="#d55e00"></circle><path d="M16 9.37a7.5 7.5 0 0 1 0 13.26 7.5 7.5 0 0 1 0-13.26z" fill="#f0e442"></path></svg><span>maskscore</span></a>
        <nav aria-label="Screens">${screens.map(({ link, title, tag }) => (link ? html`<a href=${link} aria-current=${this.#isAt(link, tag) ? 'page' : nothing}>${title}</a>` : nothing))}<a href="docs/">API</a></nav>
        <div class="tools">
          <button class="plain" title="Access key" aria-label="Access key" @click=${this.#openKey}>Key</button>
          <button class="plain" title="Colours: ${themeNames[this.theme]}" aria-label="Colours: ${themeNames[this.theme]}" @click=${this.#turnTheme}>${themeSigns[this.theme]}</button>
          <button class="plain" title="Keys and help (?)" aria-label="Keys and help" @click=${this.#openHelp}>?</button>
        </div>
      </header>
      <main tabindex="-1" @key=${this.#openKey} @retry=${() => this.screen?.retry()}>${this.notice ? html`<p class="notice" role="alert">${this.notice}<button class="plain" @click=${this.#forget}>Close</button></p>` : nothing}${this.coming ? html`<p class="soft" role="status">Loading ${this.coming}…</p>` : nothing}${this.told ? html`<div class="card told" role="alert"><h1>${this.told}</h1></div>` : this.screen}</main>
      <key-dialog @key=${this.#takeKey}></key-dialog><help-dialog></help-dialog>`
  }

  /** Whether a link of the head leads to what is shown, or to what it is a part of. */
  #isAt(link: string, tag: string): boolean {
    return this.screen?.localName === tag || location.hash.startsWith(`${link}/`)
  }

  #show = async () => {
    const { hash } = location
    this.notice = this.coming = ''
    const next = screenAt(hash)
    if (!next) {
      this.told = `There is nothing at ${hash}. What there is stands above.`
      return
    }
    const { tag, title, load } = next
    const tell = (coming: string) => {
      // Somebody may have gone on meanwhile.
      if (location.hash === hash) this.coming = coming
    }
    const slow = setTimeout(() => tell(title), slowMs)
    try {
      await load?.()
    } catch {
      if (location.hash === hash)
        this.told = html`The screen ${title} could not be loaded. Is the service there? Where trying again does not help, load the page again. <button @click=${this.#show}>Try again</button>`
      return
    } finally {
      clearTimeout(slow)
      tell('')
    }
    if (location.hash !== hash) return
    const before = this.screen
    const screen = this.#kept.get(tag) ?? (document.createElement(tag) as ScreenElement)
    this.#kept.set(tag, screen)
    screen.address = hash.slice(1)
    this.#askWithKey(screen)
    this.told = ''
    this.screen = screen
    document.title = tag === 'pair-screen' ? 'maskscore' : `${title} · maskscore`
    if (before && before !== screen) this.renderRoot.querySelector('main')?.focus()
  }

  /** Screens show what another key was refused, or whose it was: what is seen asks at once, the others when they are seen. */
  #takeKey = ({ detail: isKept }: CustomEvent<boolean>) => {
    if (!isKept)
      this.notice = 'This browser keeps nothing for the page: the key is gone when the page is loaded again.'
    this.#ofOtherKey = new Set(this.#kept.values())
    if (this.screen) this.#askWithKey(this.screen)
  }

  #askWithKey(screen: ScreenElement) {
    if (this.#ofOtherKey.delete(screen)) screen.retry()
  }

  #forget = () => {
    this.notice = ''
  }

  /** Links and texts are no files: nobody below takes them. */
  #refuseDrop = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const [target] = event.composedPath()
    target.dispatchEvent(new DragEvent('dragleave', { bubbles: true, composed: true }))
    this.notice = 'No file was dropped. Save what a link leads to, then drop the file.'
  }

  /** Dialogs come when they are first opened: most people never need them. */
  #openKey = async () => {
    await import('../elements/key-dialog.ts')
    await this.#open('key-dialog')
  }

  #openHelp = async () => {
    await import('../elements/help-dialog.ts')
    await this.#open('help-dialog')
  }

  async #open(name: string) {
    const dialog = this.renderRoot.querySelector(name) as HelpDialog | KeyDialog
    await dialog.updateComplete
    dialog.open()
  }

  #turnTheme() {
    this.theme = nextTheme(this.theme)
    setTheme(this.theme)
  }

  #key = (event: KeyboardEvent) => {
    if (!isForPage(event)) return
    if (event.key === '?') this.#openHelp()
    else if (this.screen?.press(event.key)) event.preventDefault()
  }
}
customElements.define('app-shell', AppShell)
