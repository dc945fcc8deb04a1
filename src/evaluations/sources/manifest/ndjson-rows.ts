import { parseJson } from '../../../json/parse-json.ts'
import { Refusal } from '../../../problems/refusal.ts'
import { invalidLine, type ManifestRow } from './manifest-row.ts'

/**
 * Rows of an NDJSON: an object a line. `options` holds read options of its sides; all other values are texts, numbers or
 * booleans.
 * @throws Refusal INVALID_MANIFEST with the line
 */
export function* ndjsonRows(text: string, maxDepth: number): Generator<ManifestRow> {
  let line = 0
  for (const source of text.split('\n')) {
    line++
    if (source.trim() === '') continue
    const value = parsed(source, maxDepth, line)
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw invalidLine(line, 'is no JSON object')
    const columns = new Map<string, string>()
    let options: unknown
    for (const [name, content] of Object.entries(value)) {
      if (name === 'options') options = content
      else if (typeof content === 'string' || typeof content === 'number' || typeof content === 'boolean')
        columns.set(name, String(content))
      else if (content !== null)
        throw invalidLine(line, `has ${JSON.stringify(name)}, which is no text and no number`)
    }
    yield { line, columns, ...(options !== undefined && options !== null && { options }) }
  }
}

function parsed(source: string, maxDepth: number, line: number): unknown {
  try {
    return parseJson(source, maxDepth)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw invalidLine(line, `cannot be read: ${error.message.replace(/\.$/, '')}`)
  }
}
