import type { RunWarning } from '../../summary/summary.ts'
import { grouped, itemsSaid } from '../figure.ts'
import { html } from './html.ts'
import type { Section } from './section.ts'
import { shownKey, shownName, shownSentence } from './shown-name.ts'

const maxShown = 200

/** What to bear in mind when reading the scores. */
export function warningsSection(warnings: readonly RunWarning[]): Section | undefined {
  if (warnings.length === 0) return undefined
  const shown = warnings.slice(0, maxShown).map(({ code, items, first, message }) => {
    const keys =
      first.length === 0
        ? undefined
        : html` ${first.map((key) => html`${shownKey(key)} `)}${items > first.length ? '…' : undefined}`
    return html`<li><p><code>${shownName(code)}</code> ${shownSentence(message)}</p>${items > 0 ? html`<p class="soft">${itemsSaid(items)}${keys}</p>` : undefined}</li>`
  })
  return {
    id: 'warnings',
    title: 'Warnings',
    count: grouped(warnings.length),
    body: html`<ul class="warnings">${shown}</ul>${warnings.length > maxShown ? html`<p class="rest">${grouped(warnings.length - maxShown)} more stand in summary.json.</p>` : undefined}`,
  }
}
