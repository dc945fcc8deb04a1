import { html } from 'lit'

/** Names of more letters may lose their folders where there is little room. */
const long = 40

/** The name of a file, of which a narrow window shows no folders where it is long; for an element of the class `name-of-file`. */
export function fileName(path: string) {
  const start = path.lastIndexOf('/') + 1
  if (path.length <= long || start === 0) return html`${path}`
  return html`<span class="folders">${path.slice(0, start)}</span><span>${path.slice(start)}</span>`
}
