import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { htmlReport } from '../../../src/evaluations/reports/html/html-report.ts'
import type { ReportInput } from '../../../src/evaluations/reports/report-input.ts'
import { chromiumPath, startChromium, whySkipped } from '../../browser/chromium.ts'
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
      // The policy would stop axe itself.
      const { page } = await open(textOf(htmlReport(wholeReport(classes))), { colorScheme, bypassCSP: true })
      await page.addScriptTag({ content: axe })
      const { violations } = (await page.evaluate(
        'axe.run(document, { resultTypes: ["violations"] })',
      )) as AxeResults
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
      expect(found).toEqual([])
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
