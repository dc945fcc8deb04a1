/**
 * The rows of a table of comma-separated values: cells may be quoted, and a quote within quotes is doubled.
 * Empty lines are no rows. Source: RFC 4180.
 * @throws SyntaxError for a quote that is not closed, and for text behind one that is
 */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const edge = /[,\r\n]/g
  for (let at = 0; at < text.length; ) {
    const isQuoted = text[at] === '"'
    edge.lastIndex = isQuoted ? closingQuote(text, at, rows.length) + 1 : at
    const end = edge.exec(text)?.index ?? text.length
    const cell = text.slice(at, end)
    if (isQuoted && !cell.endsWith('"'))
      throw new SyntaxError(`row ${rows.length} has text behind a quoted cell`)
    row.push(isQuoted ? cell.slice(1, -1).replaceAll('""', '"') : cell)
    if (text[end] !== ',') {
      if (row.length > 1 || row[0] !== '') rows.push(row)
      row = []
    } else if (end + 1 === text.length) rows.push([...row, ''])
    at = end + 1
  }
  return rows
}

/** Where the quote that opens at `start` closes. */
function closingQuote(text: string, start: number, row: number): number {
  for (let at = start + 1; ; at += 2) {
    at = text.indexOf('"', at)
    if (at < 0) throw new SyntaxError(`row ${row} has a quote that is not closed`)
    if (text[at + 1] !== '"') return at
  }
}
