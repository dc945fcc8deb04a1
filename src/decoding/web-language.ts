/** What may stand before the first tag of a document. */
const prolog = String.raw`^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*`
const svg = new RegExp(String.raw`${prolog}(?:<!DOCTYPE\s+svg[^>]*>\s*)?<svg[\s>]`, 'i')
const html = new RegExp(String.raw`${prolog}<(?:!DOCTYPE\s+html|html|head|body|script|title|meta)[\s>]`, 'i')

/** Which language of the web a text is in by its beginning, without a byte order mark; undefined for any other XML. */
export function webLanguage(text: string): 'SVG' | 'HTML' | undefined {
  if (svg.test(text)) return 'SVG'
  return html.test(text) ? 'HTML' : undefined
}
