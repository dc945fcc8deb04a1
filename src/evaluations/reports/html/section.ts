import { type Html, html } from './html.ts'

/** A part of the page with its heading, and its place in the list of contents. */
export interface Section {
  readonly id: string
  readonly title: string
  /** How many things it lists. */
  readonly count?: string | undefined
  readonly body: Html
}

/** What it is about, in a sentence or two under its heading. */
export const lead = (text: Html | string): Html => html`<p class="lead">${text}</p>`

export const sectionHtml = ({ id, title, count, body }: Section): Html => html`
<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}${count === undefined ? undefined : html` <span class="count">${count}</span>`}</h2>
${body}
</section>`

/** A table that scrolls within itself where it is wider than the page, or long. */
export const scrolling = (label: string, table: Html, isLong = false): Html =>
  html`<div class="scroll${isLong ? ' long' : ''}" role="region" aria-label="${label}" tabindex="0">${table}</div>`
