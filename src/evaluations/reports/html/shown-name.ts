import { visible } from '../escape.ts'
import { type Html, html } from './html.ts'

const maxName = 160

/** A name from outside, cut where it is very long; its whole length stands in items.ndjson. */
export function shownName(text: string): string {
  const shown = visible(text)
  if (shown === '') return '(empty)'
  return shown.length <= maxName ? shown : `${shown.slice(0, maxName - 1)}…`
}

/** A key, in the letters of code. */
export const shownKey = (key: string): Html => html`<code>${shownName(key)}</code>`

/** A sentence from outside, cut where it is very long. */
export const shownSentence = (text: string): string => (text.length <= 600 ? text : `${text.slice(0, 599)}…`)
