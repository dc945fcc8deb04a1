import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'code-examples-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The code of every `@example` of a comment; it goes to the end of the comment or to the next tag. */
const examples = globSync('src/**/*.ts', { cwd: root }).flatMap((path) =>
  [
    ...readFileSync(join(root, path), 'utf8').matchAll(
      /^ \* @example\n((?: \*(?: (?!@).*)?\n)+?)(?= \*\/| \* @)/gm,
    ),
  ].map(([, block], index) => ({ name: `${path} ${index + 1}`, code: block.replaceAll(/^ \* ?/gm, '') })),
)

/** As a module that exports what each line `value // → expected` gives, and what it says it gives. */
function moduleOf(code: string): string {
  const lines = code.split('\n').map((line) => {
    const [, value, expected] = /^(\S.*?) \/\/ → (.*)$/.exec(line) ?? []
    return value === undefined ? line : `;given.push([${value}, ${expected}])`
  })
  const text = lines
    .join('\n')
    .replaceAll(/'\.\/(src\/[^']+)'/g, (_, path) => `'${pathToFileURL(join(root, path))}'`)
  return `export const given: unknown[][] = []\n${text}`
}

describe('the examples in comments give what they say', () => {
  it.each(examples)('$name', async ({ name, code }) => {
    const path = join(folder, `${name.replaceAll(/\W/g, '-')}.ts`)
    writeFileSync(path, moduleOf(code))
    const { given } = (await import(pathToFileURL(path).href)) as { given: unknown[][] }
    expect(given.length).toBeGreaterThan(0)
    for (const [value, expected] of given) expect(value).toEqual(expected)
  })

  it('are there for what people call from code', () => {
    expect(examples.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'src/scoring/score.ts 1',
        'src/scoring/table.ts 1',
        'src/decoding/decode-mask.ts 1',
      ]),
    )
  })
})
