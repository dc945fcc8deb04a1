import { markup } from '../escape.ts'

/** HTML that may be put into a page as it is. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Content = Html | string | number | undefined | readonly Content[]

/** A template of HTML: what is filled in is text and is escaped, unless it was made by a template itself. */
export const html = (parts: TemplateStringsArray, ...filled: readonly Content[]): Html =>
  new Html(parts.reduce((text, part, k) => `${text}${textOf(filled[k - 1])}${part}`))

function textOf(content: Content): string {
  if (content === undefined) return ''
  if (content instanceof Html) return content.text
  if (typeof content === 'string' || typeof content === 'number') return markup(String(content))
  return content.map(textOf).join('')
}
