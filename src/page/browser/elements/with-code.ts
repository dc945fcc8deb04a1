import { html } from 'lit'

/** What stands in backticks becomes code; everything else is text. */
export const withCode = (text: string) =>
  text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))
