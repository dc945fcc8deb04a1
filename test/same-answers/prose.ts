/** Members whose text is for people; what programs go by are status, codes and pointers. */
const spoken: ReadonlySet<string> = new Set(['title', 'detail', 'message', 'remedy', 'hints'])

/** A JSON body with everything that is said to people taken out; any other body stays as it is. */
export function withoutProse(body: string): { readonly rest: string; readonly prose: readonly string[] } {
  const prose: string[] = []
  const keepRest = (key: string, value: unknown): unknown => {
    if (!spoken.has(key)) return value
    if (typeof value === 'string') return prose.push(value) && '…'
    if (!Array.isArray(value) || !value.every((text) => typeof text === 'string')) return value
    prose.push(...value)
    return value.map(() => '…')
  }
  if (!body.startsWith('{')) return { rest: body, prose }
  return { rest: JSON.stringify(JSON.parse(Buffer.from(body, 'latin1').toString()), keepRest), prose }
}
