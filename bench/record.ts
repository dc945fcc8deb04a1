import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const page = join(import.meta.dirname, '../docs/performance.md')

/** The benchmarks that docs/performance.md has a place for. */
export function recordedBenchmarks(): string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^<!-- record: (\w+) -->$/gm)].map(([, name]) => name)
}

/** Puts a benchmark's tables, and what they were made on, in its place in docs/performance.md. */
export function record(name: string, machine: string, tables: string): void {
  writeFileSync(page, withRecord(readFileSync(page, 'utf8'), name, machine, tables))
}

/** The page with the block of that benchmark replaced; everything else stays as it is. */
export function withRecord(text: string, name: string, machine: string, tables: string): string {
  const [start, end] = [`<!-- record: ${name} -->\n`, `<!-- end of ${name} -->`]
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`the page has no place for ${name}`)
  // One level below the page's own headings.
  const body = tables.replaceAll(/^### /gm, '#### ').trim()
  const conditions = machine.trim().replaceAll('\n', '; ')
  return `${text.slice(0, from + start.length)}\n${conditions}\n\n${body}\n\n${text.slice(to)}`
}
