import { describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { type FencedBlock, fencedBlocks, pages, pageText } from './fenced-blocks.ts'
import { typedPages } from './typed-pages.ts'

/** Commands that no test types, by a part of their block, and why. */
const notTyped: Readonly<Record<string, { readonly page: string; readonly why: string }>> = {
  'npm ci && npm start': {
    page: 'README.md',
    why: 'installs: .ci/run and `npm run bench -- newcomer` type it',
  },
  'npm run same-answers': {
    page: 'CONTRIBUTING.md',
    why: 'whole suites and benchmarks; their names are compared',
  },
  'npm run bench -- --quick': { page: 'docs/performance.md', why: 'benchmarks; test/bench runs their parts' },
  'docker compose -f docker/compose.yaml up': {
    page: 'docs/operations.md',
    why: 'needs Docker and a cluster: test/docker checks the files, test/docker/try-image.sh the image',
  },
  'pip install ./clients/python': {
    page: 'clients/python/README.md',
    why: 'pip fetches what builds a package: `npm run bench -- newcomer` types it',
  },
  'npm pack ./clients/typescript': {
    page: 'clients/typescript/README.md',
    why: 'writes into the clone: test/clients/typescript.long.test.ts packs it elsewhere',
  },
  'apt-get install python3-fastapi': { page: 'bench/peers/README.md', why: 'installs packages of Debian' },
  'test/golden/recompute.py': { page: 'test/README.md', why: 'installs five packages and takes minutes' },
}

const isNotTyped = ({ page, text }: FencedBlock) =>
  Object.entries(notTyped).some(([part, entry]) => entry.page === page && text.includes(part))

/** A test that looks for one block of a page would not see a second one. */
const isOnly = (page: string, language: string) =>
  fencedBlocks(page).filter((block) => block.language === language).length === 1

/** Which test checks the blocks of a language; of sh and json also on which pages. */
const checkedBy: Readonly<Record<string, (block: FencedBlock) => boolean>> = {
  sh: (block) =>
    Object.hasOwn(typedPages, block.page) || block.page === 'docs/evaluations.md' || isNotTyped(block),
  json: ({ page, text }) =>
    ['docs/choosing.md', 'docs/faq.md'].includes(page)
      ? text.startsWith('{"ground_truth"') // worked-examples.test.ts
      : ['README.md', 'docs/order.md', 'docs/evaluations.md'].includes(page) && isOnly(page, 'json'),
  dotenv: () => true,
  csv: ({ page }) => page === 'docs/datasets.md',
  nginx: ({ page }) => page === 'docs/operations.md',
  yaml: ({ page }) => page === 'docs/pipelines.md',
  markdown: ({ page }) => page === 'docs/pipelines.md',
  mermaid: () => true,
  python: ({ page }) => page === 'clients/python/README.md',
  ts: ({ page }) => ['clients/typescript/README.md', 'routes/README.md'].includes(page),
  // Formulas, and what a program prints.
  text: ({ text }) =>
    !/^\s*(\$ |npm|npx|node|curl|apt-get|docker|kubectl|pip|python3?|maskscore)\b/m.test(text),
}

const blocks = pages.flatMap(fencedBlocks)

describe('the examples of all pages', () => {
  it('are each checked by a test: say the language behind the fence, and add a check for a new one', () => {
    expect(blocks.length).toBeGreaterThan(90)
    const unchecked = blocks.filter(
      (block) => !Object.hasOwn(checkedBy, block.language) || !checkedBy[block.language](block),
    )
    expect(
      unchecked.map(({ page, line, language }) => `${page}:${line} ${language || '(no language)'}`),
    ).toEqual([])
  })

  it('are fenced, because what is only indented is checked by nothing', () => {
    for (const page of pages) {
      const prose = pageText(page).replaceAll(/^ *```[\s\S]*?^ *```$/gm, '')
      expect(prose.match(/\n\n {4,}(?![*\-\d|])\S.*/g) ?? [], page).toEqual([])
    }
  })

  it('are not typed for a reason that still holds of a block', () => {
    for (const [part, { page }] of Object.entries(notTyped))
      expect(
        fencedBlocks(page).filter(({ text }) => text.includes(part)),
        part,
      ).toHaveLength(1)
    for (const page of Object.keys(typedPages))
      expect(
        fencedBlocks(page).some((block) => block.language === 'sh' && !isNotTyped(block)),
        page,
      ).toBe(true)
  })

  it('name scripts that package.json has', () => {
    const named = blocks
      .filter(({ language }) => language === 'sh')
      .flatMap(({ text }) => [...text.matchAll(/\bnpm run (?:-s )?([\w:-]+)/g)].map(([, name]) => name))
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((name) => !Object.hasOwn(packageJson.scripts, name))).toEqual([])
  })
})
