import { invalidLine, type ManifestRow } from './manifest-row.ts'

/**
 * Rows of a CSV or TSV with a header, as RFC 4180 and spreadsheets write them: quoted fields may hold separators, quotes
 * (doubled) and line ends; lines end with LF, CRLF or CR.
 * @throws Refusal INVALID_MANIFEST with the line
 */
export function* delimitedRows(text: string, separator: ',' | '\t'): Generator<ManifestRow> {
  let names: readonly string[] | undefined
  for (const { line, fields } of records(text, separator)) {
    if (fields.length === 1 && fields[0].trim() === '') continue
    if (!names) {
      names = headerOf(fields, line)
      continue
    }
    if (fields.length !== names.length)
      throw invalidLine(line, `has ${fields.length} fields, its header has ${names.length}`)
    const columns = new Map<string, string>()
    for (const [index, name] of names.entries()) columns.set(name, fields[index].trim())
    yield { line, columns }
  }
}

function headerOf(fields: readonly string[], line: number): string[] {
  const names = fields.map((field) => field.trim())
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw invalidLine(line, `names the column ${JSON.stringify(twice)} twice`)
  if (names.includes('')) throw invalidLine(line, 'has a column without a name')
  return names
}

function* records(text: string, separator: string): Generator<{ line: number; fields: string[] }> {
  let line = 1
  for (let at = 0; at < text.length; ) {
    const fields: string[] = []
    const first = line
    for (;;) {
      let field: string
      if (text[at] === '"') {
        const end = closingQuote(text, at + 1)
        if (end < 0) throw invalidLine(line, 'has a quote that never closes')
        field = text.slice(at + 1, end)
        line += field.split('\n').length - 1
        field = field.replaceAll('""', '"')
        at = end + 1
        if (at < text.length && text[at] !== separator && !isLineEnd(text, at))
          throw invalidLine(line, 'has text behind a closing quote')
      } else {
        const end = endOfField(text, at, separator)
        field = text.slice(at, end)
        at = end
      }
      fields.push(field)
      if (text[at] !== separator) break
      at++
    }
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1
    line++
    yield { line: first, fields }
  }
}

/** A doubled quote is one quote of the field. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from)
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at
}

function endOfField(text: string, from: number, separator: string): number {
  let at = from
  while (at < text.length && text[at] !== separator && !isLineEnd(text, at)) at++
  return at
}

const isLineEnd = (text: string, at: number): boolean => text[at] === '\n' || text[at] === '\r'
