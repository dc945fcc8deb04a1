import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

/** What a page shows as code: the lines between two fences of three backticks. */
export interface FencedBlock {
  readonly page: string
  /** Of the opening fence, from 1. */
  readonly line: number
  /** The word behind the opening fence; empty where there is none. */
  readonly language: string
  /** Without the indent that a block of a list has. */
  readonly text: string
}

/** Every page of the project but the CHANGELOG, which tells of the past. */
export const pages: readonly string[] = globSync(
  '{*,{bench,clients,docs,docker,examples,routes,src,test}/**/*}.md',
  {
    cwd: root,
    exclude: ['**/node_modules/**'],
  },
)
  .filter((page) => page !== 'CHANGELOG.md')
  .sort()

export const pageText = (page: string): string => readFileSync(join(root, page), 'utf8')

/** The blocks of a page, in their order. */
export function fencedBlocks(page: string): FencedBlock[] {
  const text = pageText(page)
  return [...text.matchAll(/^( *)```([^\n]*)\n([\s\S]*?)^ *```$/gm)].map((found) => {
    const [, indent, language, lines] = found
    const line = text.slice(0, found.index).split('\n').length
    return { page, line, language, text: lines.replaceAll(new RegExp(`^${indent}`, 'gm'), '') }
  })
}
