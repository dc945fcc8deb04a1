/**
 * Control characters, marks of writing direction, line separators, invisible characters, halves of a pair and characters
 * that are none: what would change how the text around a name is read, or is illegal in XML.
 */
const hidden =
  /[\p{Cc}\p{Bidi_Control}\p{Cs}\p{Noncharacter_Code_Point}\u00ad\u180e\u200b\u2028\u2029\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

/** Text from outside as people may look at it: what cannot be seen stands as its code, such as `⟨U+202E⟩`. */
export const visible = (text: string): string =>
  text.replace(hidden, (char) => `⟨U+${char.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}⟩`)

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text from outside → text of HTML and XML, also inside of quotes. */
export const markup = (text: string): string =>
  visible(text).replace(/[&<>"']/g, (char) => entities[char] ?? char)

/**
 * Text from outside → Markdown code, in which nothing is a link, a mention, an issue, HTML or emphasis. A bar stands
 * outside of the code, as an entity, because tables are cut at bars even within code.
 */
export const markdownCode = (text: string): string =>
  visible(text)
    .split(/(\|)/)
    .filter((part) => part !== '')
    .map((part) => (part === '|' ? '&#124;' : codeSpan(part)))
    .join('') || '(empty)'

/** The fence is longer than every run of backticks within. */
function codeSpan(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  const edge = /^[` ]|[` ]$/.test(text) && text.trim() !== '' ? ' ' : ''
  return `${fence}${edge}${text}${edge}${fence}`
}
