/**
 * The address of a service without its last slash. A host alone is asked over http; nothing, or a path, is under the page's own
 * address.
 *
 * @throws TypeError for what is no http or https address, and for what `fetch` or the calls would not take along
 */
export function addressOf(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.startsWith('/')) return trimmed.replace(/\/+$/, '')
  const url = parse(/^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`)
  if (!url || !/^https?:$/.test(url.protocol))
    throw new TypeError(`${JSON.stringify(text)} is no http or https address of a service.`)
  if (url.username !== '' || url.password !== '')
    throw new TypeError(
      'fetch sends no user and password of an address: give a `fetch` that sets the header.',
    )
  if (url.search !== '' || url.hash !== '')
    throw new TypeError(`${JSON.stringify(text)} has a ? or # part, which no call keeps.`)
  return url.href.replace(/\/+$/, '')
}

/** One step of a path for each part, whatever it holds; what is undefined is no part of the query. */
export function pathOf(
  root: string,
  parts: readonly (string | number)[],
  query: Readonly<Record<string, unknown>> = {},
): string {
  const path = [root, ...parts.map((part) => encodeURIComponent(part))].join('/')
  const asked = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) asked.append(name, String(value))
  return asked.size === 0 ? path : `${path}?${asked}`
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
