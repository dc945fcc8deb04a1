const end = '<!-- end of what is generated -->'

/**
 * A page that is written by hand, with one of its generated parts as it is now: the part stands between two marks.
 * @param source what it is generated from, as its mark names it
 * @throws Error when a mark is missing
 */
export function withGeneratedPart(page: string, source: string, part: string): string {
  const start = `<!-- generated from ${source} by \`npm run docs\` -->`
  const from = page.indexOf(start)
  const to = page.indexOf(end, from)
  if (from < 0 || to < from) throw new Error(`the page has no part between "${start}" and "${end}"`)
  return `${page.slice(0, from)}${start}\n\n${part}\n\n${page.slice(to)}`
}
