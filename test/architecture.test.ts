import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileRooms, rooms } from '../src/docs/rooms.ts'

const root = join(import.meta.dirname, '..')

const files = ['src', 'routes'].flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }))

function roomOf(path: string): string {
  const parts = path.split('/')
  return parts[0] === 'routes' ? 'routes' : parts[1].replace(/\.ts$/, '')
}

function importsOf(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8')
  const specifiers = text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)
  return [...specifiers].map(([, specifier]) => relative(root, join(root, dirname(path), specifier)))
}

/** The rooms that a file imports from, beside its own. */
const roomsKnownBy = (path: string): string[] =>
  importsOf(path)
    .filter((target) => target.startsWith('src/') || target.startsWith('routes/'))
    .map(roomOf)
    .filter((room) => room !== roomOf(path))

describe('who may know whom', () => {
  const bound = files.filter((path) => !path.includes('/assembly/') && rooms[roomOf(path)]?.mayKnow)

  it.each(bound)('%s', (path) => {
    const { mayKnow = [] } = rooms[roomOf(path)]
    expect(roomsKnownBy(path).filter((room) => !mayKnow.includes(room))).toEqual([])
  })

  it('lists every folder as a room, and no room that is not there', () => {
    const folders = files
      .filter((path) => path.split('/').length > 2 || path.startsWith('routes/'))
      .map(roomOf)
    expect(Object.keys(rooms).sort()).toEqual([...new Set([...folders, ...fileRooms])].sort())
  })

  it('lets a room know only what one of its files needs', () => {
    const needed = new Set(
      bound.flatMap((path) => roomsKnownBy(path).map((room) => `${roomOf(path)} → ${room}`)),
    )
    const allowed = Object.entries(rooms).flatMap(([room, { mayKnow = [] }]) =>
      mayKnow.map((other) => `${room} → ${other}`),
    )
    expect(allowed.filter((arrow) => !needed.has(arrow))).toEqual([])
  })

  const shown = files.filter((path) => path.startsWith('src/page/browser/'))

  it.each(shown)(
    '%s knows labels, the loss of a pixel, how masks are matched, and Lit, and writes no HTML but templates',
    (path) => {
      const allowed =
        /^src\/(page\/browser\/|labels\/|metrics\/information\/pixel-loss\.ts$|evaluations\/(matching|sources)\/|problems\/refusal\.ts$)|^clients\/typescript\/src\/types\.ts$/
      expect(importsOf(path).filter((target) => !allowed.test(target))).toEqual([])
      const text = readFileSync(join(root, path), 'utf8')
      const packages = [...text.matchAll(/(?:from|import)[\s(]*'([^.'][^']*)'/g)].map(
        ([, specifier]) => specifier,
      )
      expect(packages.filter((specifier) => !/^lit(\/directives\/|$)/.test(specifier))).toEqual([])
      expect(text).not.toMatch(
        /unsafeHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\sstyle="|\beval\(/,
      )
    },
  )

  it('of the page have one element a file, named as its tag', () => {
    const wrong = shown.filter((path) => {
      const tags = [...readFileSync(join(root, path), 'utf8').matchAll(/customElements\.define\('([^']+)'/g)]
      return tags.length > 1 || tags.some(([, tag]) => !path.endsWith(`/${tag}.ts`))
    })
    expect(wrong).toEqual([])
  })

  const pure = files.filter((path) => roomOf(path) === 'metrics')

  it.each(pure)('%s is mathematics: no package, no Node, no clock, no chance', (path) => {
    const text = readFileSync(join(root, path), 'utf8')
    const specifiers = [...text.matchAll(/(?:from|import)[\s(]*'([^']+)'/g)].map(([, specifier]) => specifier)
    expect(specifiers.filter((specifier) => !specifier.startsWith('.'))).toEqual([])
    expect(text).not.toMatch(/\b(process|fetch|console|setTimeout|Date|performance)\b[.(]|Math\.random/)
  })

  const scoring = pure.filter((path) => /\bScore\b/.test(readFileSync(join(root, path), 'utf8')))

  it.each(scoring)('%s says what its scores are and where they come from', (path) => {
    const text = readFileSync(join(root, path), 'utf8')
    if (path.endsWith('undefined-score.ts')) return
    expect(text).toMatch(/^ \* (.* )?(Range|Corner cases|definitions)\b/m)
    expect(text).toMatch(/Sources?:|sources and corner cases stand/)
  })

  it('never holds more than 30 files in one folder', () => {
    const counts = new Map<string, number>()
    for (const path of files) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1)
    expect([...counts].filter(([, count]) => count > 30)).toEqual([])
  })

  it('has no file of more than 250 lines, and none that only exports what another file holds', () => {
    const texts = files
      .filter((path) => !path.includes('/assembly/'))
      .map((path) => [path, readFileSync(join(root, path), 'utf8')] as const)
    expect(texts.filter(([, text]) => text.split('\n').length > 251).map(([path]) => path)).toEqual([])
    const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    const others = (text: string) => code(text).replace(/^export (type )?(\*|\{[^}]*\}) from '[^']*'$/gm, '')
    expect(texts.filter(([, text]) => others(text).trim() === '').map(([path]) => path)).toEqual([])
  })

  it('goes in no circles', () => {
    const state = new Map<string, 'open' | 'done'>()
    const circles: string[] = []
    const visit = (path: string, way: readonly string[]) => {
      if (state.get(path) === 'open') circles.push([...way.slice(way.indexOf(path)), path].join(' → '))
      if (state.has(path)) return
      state.set(path, 'open')
      for (const target of importsOf(path)) if (files.includes(target)) visit(target, [...way, path])
      state.set(path, 'done')
    }
    for (const path of files) visit(path, [])
    expect(circles).toEqual([])
  })

  it('never has headers read by the image library: text chunks alone can cost it gigabytes', () => {
    const texts = files.map((path) => [path, readFileSync(join(root, path), 'utf8')] as const)
    const callers = texts.filter(([, text]) => /\.(metadata|stats)\(\)/.test(text)).map(([path]) => path)
    expect(callers).toEqual([])
    const loaders = texts.filter(([, text]) => /from 'sharp'/.test(text)).map(([path]) => path)
    expect(loaders.sort()).toEqual(['src/decoding/sharp-chain.ts', 'src/rendering/overlay-png.ts'])
  })

  it('reads the environment and exits in two places only', () => {
    const readers = files.filter((path) =>
      /process\.(env|exit)\b/.test(readFileSync(join(root, path), 'utf8')),
    )
    expect(readers.filter((path) => !['src/server.ts', 'src/cli.ts'].includes(path))).toEqual([])
  })

  it('replaces modules only in tests that have a worker of their own', () => {
    const replacing = globSync('test/**/*.test.ts', { cwd: root }).filter((path) =>
      /^vi\.mock\(/m.test(readFileSync(join(root, path), 'utf8')),
    )
    expect(replacing.length).toBeGreaterThan(0)
    expect(replacing.filter((path) => !path.endsWith('.mocked.test.ts'))).toEqual([])
  })
})
