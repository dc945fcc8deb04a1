import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const pages = [
  'docs/**/*.md',
  'src/**/README.md',
  'routes/README.md',
  'bench/**/README.md',
  'examples/README.md',
  'test/README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
].flatMap((pattern) => globSync(pattern, { cwd: root }))
const textOf = (page: string) => readFileSync(join(root, page), 'utf8').replaceAll(/```[\s\S]*?```/g, '')

/** The anchors that a Markdown page has, as GitHub names them. */
function anchorsOf(page: string): Set<string> {
  const headings = [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading)
  const seen = new Map<string, number>()
  return new Set(
    headings.map((heading) => {
      const anchor = heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
        .replaceAll(' ', '-')
      const times = seen.get(anchor) ?? 0
      seen.set(anchor, times + 1)
      return times === 0 ? anchor : `${anchor}-${times}`
    }),
  )
}

describe('links of the docs lead somewhere', () => {
  it.each(pages)('%s', (page) => {
    const broken = [...textOf(page).matchAll(/\]\((?![a-z]+:)([^)#]*)(?:#([^)]*))?\)/g)]
      .map(([, path, anchor]) => {
        const target = path === '' ? page : relative(root, join(root, dirname(page), path))
        if (!existsSync(join(root, target))) return target
        return anchor && !anchorsOf(target).has(anchor) ? `${target}#${anchor}` : undefined
      })
      .filter(Boolean)
    expect(broken).toEqual([])
  })
})
