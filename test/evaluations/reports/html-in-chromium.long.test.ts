import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../../src/commands/run-command.ts'
import { htmlReport } from '../../../src/evaluations/reports/html/html-report.ts'
import type { ReportInput } from '../../../src/evaluations/reports/report-input.ts'
import { chromiumPath, startChromium, whySkipped } from '../../browser/chromium.ts'
import { exampleMask, typedPages, writeFiles } from '../../docs/typed-pages.ts'
import { writeNpy } from '../../oracle/npy-writer.ts'
import { rowOfPairs, runOf } from '../rows.ts'
import { comparisonNamed, failedRow, hostileReport, reportOf, textOf } from './sample-report.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const attack = [
  '<script>document.title = "attacked"</script>',
  '"><img src=x onerror="document.title = \'attacked\'">',
  '</style></title><svg onload=alert(1)>',
].join('')

/** Every section of the page, with many classes and items. */
function wholeReport(classes: number): ReportInput {
  const rows = Array.from({ length: 60 }, (_, index) => ({
    ...rowOfPairs(
      index,
      Array.from(
        { length: classes },
        (_, label) => [label, (label * (index + 1)) % classes, 5 + label] as const,
      ),
    ),
    group: `patient ${index % 12}`,
    by: { camera: index % 2 ? 'left' : 'right' },
    warnings: index === 0 ? [{ code: 'ODD', message: 'A mask is odd.' }] : [],
  }))
  const all = [...rows, failedRow(60), failedRow(61, { status: 'skipped' })]
  const names = { nameOf: new Map(Array.from({ length: classes }, (_, label) => [label, `class ${label}`])) }
  const run = runOf(all.length, { intervals: 'summary', replicates: 200 }, { names })
  const checks = [
    { check: 'mean_iou>=0.5', value: 0.4, limit: 0.5, result: 'fail' as const },
    { check: 'mi_loss<=0.9', value: 0.4, limit: 0.9, result: 'pass' as const },
  ]
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
    'base64',
  )
  const pictures = new Map(
    [0, 1, 2].map((index) => [
      index,
      index === 2 ? { problem: 'It is a volume.' } : { png, width: 1, height: 1 },
    ]),
  )
  return { ...reportOf(all, run, { checks }), comparison: comparisonNamed('run '), pictures }
}

/** What `evaluate` writes for two sides of `files`. */
async function evaluatedReport(
  files: Readonly<Record<string, Uint8Array | string>>,
  sides: readonly string[],
  options: object,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'maskscore-report-'))
  try {
    writeFiles(files, folder)
    const masks = sides.map((side) => join(folder, side))
    const out = join(folder, 'out')
    const flags = ['--threads', '1', '--format', 'html', '--out', out, '--options', JSON.stringify(options)]
    const told: string[] = []
    const terminal = { out: () => {}, err: (text: string) => told.push(text) }
    expect([await runCommand(['evaluate', ...masks, ...flags], {}, terminal), told]).toEqual([0, told])
    return readFileSync(join(out, 'report.html'), 'utf8')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe.skipIf(!chromiumPath)(`report.html in Chromium${whySkipped}`, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  /** The page after its scripts ran, and what it complained of. */
  async function open(
    html: string,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<{ readonly page: Page; readonly complaints: string[] }> {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', ({ message }) => complaints.push(message))
    page.on('request', (request) => {
      if (!/^(about|data):|^http:\/\/report\.test\/$/.test(request.url()))
        complaints.push(`asked ${request.url()}`)
    })
    await page.route('http://report.test/', (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }),
    )
    await page.goto('http://report.test/')
    return { page, complaints }
  }

  async function violationsOf(html: string, colorScheme: 'light' | 'dark'): Promise<string[]> {
    // The policy would stop axe itself.
    const { page } = await open(html, { colorScheme, bypassCSP: true })
    await page.addScriptTag({ content: axe })
    const { violations } = (await page.evaluate(
      'axe.run(document, { resultTypes: ["violations"] })',
    )) as AxeResults
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  }

  it('runs its own script under its own policy, and nothing that a name brings', {
    timeout: 120_000,
  }, async () => {
    const { page, complaints } = await open(textOf(htmlReport(hostileReport(attack))))
    expect(await page.locator('th button').count()).toBeGreaterThan(5)
    expect(await page.locator('input[type=search]').count()).toBe(1)
    expect(await page.title()).toMatch(/^INCOMPLETE: 2 of 3/)
    expect(complaints).toEqual([])
  })

  it('has a policy that would stop a script that got in', { timeout: 120_000 }, async () => {
    const html = textOf(htmlReport(hostileReport('name'))).replace(
      '</main>',
      '<script>document.title = "attacked"</script></main>',
    )
    const { page, complaints } = await open(html)
    expect(await page.title()).not.toContain('attacked')
    expect(complaints.join()).toMatch(/Content Security Policy/)
  })

  // Two classes have a matrix, sixty have long lists.
  it.each([
    { colorScheme: 'light', classes: 60 },
    { colorScheme: 'dark', classes: 2 },
  ] as const)(
    'has nothing that axe finds wrong: $colorScheme, $classes classes',
    { timeout: 120_000 },
    async ({ colorScheme, classes }) => {
      expect(await violationsOf(textOf(htmlReport(wholeReport(classes))), colorScheme)).toEqual([])
    },
  )

  it.each([
    {
      of: 'objects with confidences',
      files: typedPages['docs/detection.md']?.files?.(),
      sides: ['instances_val.json', 'results.json'],
      options: { families: ['overlap', 'detection'] },
      heading: '>Objects with confidences',
    },
    {
      of: 'volumes with lesions',
      files: typedPages['docs/volumes.md']?.files?.(),
      sides: ['labelsTr', 'predictions'],
      options: { families: ['overlap', 'lesions'], groups: { WT: [1, 2, 3] }, labels: 'classes' },
      heading: '>Lesions',
    },
    {
      of: 'probability maps',
      files: {
        'truths/a.png': exampleMask(0, 0, 0, 1, 1, 1),
        'maps/a.npy': writeNpy({ descr: '<f4', shape: [2, 3], values: [0.1, 0.2, 0.6, 0.9, 0.8, 0.4] }),
      },
      sides: ['truths', 'maps'],
      options: {
        families: ['overlap', 'soft', 'calibration', 'thresholds'],
        prediction: { probabilities: {} },
        labels: 'classes',
      },
      heading: '>Probability maps',
    },
  ])(
    'has nothing that axe finds wrong with the sections of $of, in both themes',
    { timeout: 120_000 },
    async ({ files = {}, sides, options, heading }) => {
      const html = await evaluatedReport(files, sides, options)
      expect(html).toContain(heading)
      for (const colorScheme of ['light', 'dark'] as const)
        expect(await violationsOf(html, colorScheme)).toEqual([])
    },
  )

  it.each([360, 768, 1280])(
    'is never wider than a window of %i pixels',
    { timeout: 120_000 },
    async (width) => {
      for (const report of [wholeReport(60), hostileReport('name'.repeat(200))]) {
        const { page } = await open(textOf(htmlReport(report)), { viewport: { width, height: 800 } })
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      }
    },
  )
})
