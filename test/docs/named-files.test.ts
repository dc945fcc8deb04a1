import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const found = (patterns: readonly string[]) => patterns.flatMap((pattern) => globSync(pattern, { cwd: root }))
const pages = found([
  'CONTRIBUTING.md',
  'docs/decisions/*.md',
  'src/**/README.md',
  'test/README.md',
  'routes/README.md',
])
const sources = found(['{src,routes,test,bench}/**/*.ts'])

/** The files that a page names: from the root of the project, or by name and folder. */
function namedFiles(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8').replaceAll(/```[\s\S]*?```/g, '')
  return [...text.matchAll(/`([\w./<>-]+)`/g)]
    .map(([, name]) => name)
    .filter((name) => /^(src|routes|test|docs|bench|docker|examples|tools)\/|^[\w/-]+\.ts$/.test(name))
}

/** A `<name>` stands for any. */
function isThere(name: string): boolean {
  if (name.includes('<')) return found([name.replaceAll(/<\w+>/g, '*')]).length > 0
  return existsSync(join(root, name)) || sources.some((path) => path.endsWith(`/${name}`))
}

describe('the files that the pages for contributors name are there', () => {
  it.each(pages)('%s', (page) => {
    expect(namedFiles(page).filter((name) => !isThere(name))).toEqual([])
  })

  it('is not said of a page whose names are not recognised', () => {
    expect(namedFiles('CONTRIBUTING.md')).toEqual(
      expect.arrayContaining(['src/limits.ts', 'src/metrics/<family>/catalogue.ts']),
    )
    expect(namedFiles('src/counting/README.md')).toContain('count-maps.ts')
    expect(isThere('no-such-file.ts')).toBe(false)
  })
})
