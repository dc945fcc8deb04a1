/**
 * The lines of a text that has one JSON object a line (NDJSON, JSON Lines), empty ones left out; undefined for any other
 * text. A line that closes an object cannot be followed by one that opens another within one JSON document.
 */
export function jsonLines(text: string): string[] | undefined {
  const end = text.indexOf('\n')
  if (end < 0 || !text.startsWith('{') || text.slice(0, end).trimEnd().at(-1) !== '}') return undefined
  if (!/^\s*\{/.test(text.slice(end, end + 100))) return undefined
  return text.split('\n').filter((line) => line.trim() !== '')
}
