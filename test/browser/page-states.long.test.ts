import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problems } from '../../src/problems/catalogue.ts'
import { axeViolations } from './axe-violations.ts'
import { chromiumPath, whySkipped } from './chromium.ts'
import { Pages } from './pages.ts'

const example = (name: string) => join(import.meta.dirname, '../../examples/pair', name)
const files = [example('ground-truth.png'), example('prediction.png')]

/** The first answer to a call is a problem of this code. */
async function refuse(page: Page, code: string, retryAfter?: number) {
  const { status, title, remedy } = problems[code as keyof typeof problems]
  const errors = [{ pointer: '/prediction', code, message: `what is wrong with <b>${code}</b>` }]
  const problem = {
    type: `/problems/${code}`,
    title,
    status,
    detail: `Detail of ${code}.`,
    code,
    remedy,
    request_id: 'r-1',
    errors,
  }
  await page.unrouteAll()
  await page.route('**/v1/score', (route) =>
    route.fulfill({
      status: status === 499 ? 500 : status,
      contentType: 'application/problem+json',
      headers: retryAfter ? { 'retry-after': String(retryAfter) } : {},
      body: JSON.stringify(problem),
    }),
  )
}

const scored = (page: Page) => page.locator('score-cards .loss .value').waitFor()

/** Every state of the screen, from a page that was just opened. */
const states: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  async empty() {},
  async scored(page) {
    await page.getByRole('button', { name: 'Try the example' }).click()
    await scored(page)
    for (const summary of await page.locator('summary').all()) await summary.click()
  },
  async 'of the loss layer, with a segment chosen'(page) {
    await page.getByRole('button', { name: 'Try the example' }).click()
    await scored(page)
    await page.keyboard.press('4')
    await page.keyboard.press('n')
  },
  async 'with its options open'(page) {
    await page.getByRole('button', { name: 'Try the example' }).click()
    await scored(page)
    await page.getByRole('button', { name: 'Options' }).click()
    await page.locator('option-form input').first().waitFor()
  },
  async 'with a warning'(page) {
    await page
      .locator('drop-zone input')
      .setInputFiles([files[0], files[0].replace('ground-truth', 'prediction')])
    await scored(page)
  },
  async refused(page) {
    await refuse(page, 'COLOR_ENCODING_REQUIRED')
    await page.locator('drop-zone input').setInputFiles(files)
    await page.locator('problem-box section').waitFor()
  },
  async loading(page) {
    await page.route('**/v1/score', () => new Promise(() => undefined))
    await page.locator('drop-zone input').setInputFiles(files)
    await page.getByRole('button', { name: 'Cancel' }).waitFor()
  },
  async 'with one mask'(page) {
    await page.locator('drop-zone input').setInputFiles(files.slice(0, 1))
    await page.locator('drop-zone .note').waitFor()
  },
  async 'with its help'(page) {
    await page.keyboard.press('?')
    await page.locator('help-dialog dialog').waitFor()
  },
  async 'asking for a key'(page) {
    await page.getByRole('button', { name: 'Access key' }).click()
    await page.locator('key-dialog dialog').waitFor()
  },
}

describe.skipIf(!chromiumPath)(`states of the page in Chromium${whySkipped}`, () => {
  let pages: Pages
  beforeAll(async () => {
    pages = await Pages.start()
  })
  afterAll(() => pages?.close())

  it.each(
    Object.keys(states).flatMap((state) =>
      (['light', 'dark'] as const).map((theme) => [state, theme] as const),
    ),
  )('axe finds nothing wrong: %s, %s', async (state, colorScheme) => {
    const { page } = await pages.open('/', { colorScheme, viewport: { width: 1280, height: 900 } })
    await page.locator('drop-zone button').first().waitFor()
    await states[state](page)
    expect(await axeViolations(page, colorScheme)).toEqual([])
    await page.close()
  })

  it('shows every refusal with its title, detail, remedy, field and code', async () => {
    const { page } = await pages.open()
    const box = page.locator('problem-box section')
    for (const [index, code] of Object.keys(problems).entries()) {
      await refuse(page, code)
      if (index === 0) await page.locator('drop-zone input').setInputFiles(files)
      else await page.getByRole('button', { name: 'Try again' }).click()
      await box.locator(`a[href="problems/${code}"]`).waitFor()
      const { title, remedy } = problems[code as keyof typeof problems]
      const plain = (text: string) => text.replaceAll('`', '')
      const text = await box.innerText()
      for (const part of [
        plain(title),
        `Detail of ${code}.`,
        plain(remedy),
        `/prediction what is wrong with <b>${code}</b>`,
      ])
        expect(text, code).toContain(part)
    }
    await page.unrouteAll()
  })

  it('counts down before it asks again, where the service says how long', async () => {
    const { page } = await pages.open()
    await refuse(page, 'QUEUE_FULL', 2)
    await page.locator('drop-zone input').setInputFiles(files)
    const again = page.locator('problem-box button').last()
    await expect.poll(() => again.innerText()).toMatch(/Try again in [12] s/)
    expect(await again.isDisabled()).toBe(true)
    await page.unrouteAll()
    await expect.poll(() => again.isEnabled(), { timeout: 10_000 }).toBe(true)
    await again.click()
    await scored(page)
    await page.close()
  })

  it('tells of what it cannot take or reach: links that are dropped, unknown addresses, a service that is gone and comes back', async () => {
    const { page } = await pages.open('/', { hash: '#/annotators' })
    const main = (text: string) => page.locator('main', { hasText: text }).waitFor()
    await page.locator('source-drop').waitFor()
    await page.evaluate(`
      const dataTransfer = new DataTransfer()
      dataTransfer.setData('text/uri-list', 'https://example.com/mask.png')
      const drop = { dataTransfer, bubbles: true, composed: true, cancelable: true }
      document.querySelector('app-shell').dispatchEvent(new DragEvent('drop', drop))`)
    await main('No file was dropped.')
    await page.locator('annotators-screen source-drop input#files').setInputFiles(files[0])
    const box = page.locator('problem-box section', { hasText: 'One file was dropped.' })
    await box.waitFor()
    expect(await box.locator('button').count()).toBe(0)
    await page.evaluate("location.hash = '#/nowhere'")
    await main('There is nothing at #/nowhere.')
    await page.evaluate("location.hash = '#/pair'")
    await page.getByRole('button', { name: 'Try the example' }).click()
    await scored(page)
    await page.context().setOffline(true)
    await page.keyboard.press('m')
    await page.locator('problem-box section', { hasText: 'The service cannot be reached' }).waitFor()
    await main('the pair as it was scored before')
    await scored(page)
    const options = page.getByRole('button', { name: 'Options' })
    await options.click()
    await page.locator('.notice', { hasText: 'The service cannot be reached' }).waitFor()
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('layer-bar button[aria-pressed=true]', { hasText: 'names' }).waitFor()
    expect(await page.locator('problem-box').count()).toBe(0)
    await options.click()
    await page.locator('option-form input').first().waitFor()
    await page.close()
  })

  it('works where the browser keeps nothing, and tells that a key is forgotten and a link cut short', async () => {
    const { page } = await pages.open()
    await page.addInitScript(`for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { get() { throw new DOMException('refused', 'SecurityError') } })`)
    await page.evaluate(`location.hash = '#/pair?example=1&o={"binary"'`)
    await page.reload()
    await scored(page)
    expect(await page.locator('warning-list section').innerText()).toContain('OPTIONS_UNREAD')
    await page.getByLabel('Colours: as the system').click()
    await page.getByLabel('Colours: light').waitFor()
    await page.getByRole('button', { name: 'Access key' }).click()
    await page.getByLabel('Key', { exact: true }).fill('0123456789abcdef')
    await page.getByLabel('Keep it').check()
    await page.getByRole('button', { name: 'Use this key' }).click()
    await page.locator('main', { hasText: 'the key is gone when the page is loaded again' }).waitFor()
    await page.close()
  })

  it.each([320, 768])('needs no sideways scrolling at %i pixels', async (width) => {
    const { page } = await pages.open('/', { hash: '#/pair?example=1', viewport: { width, height: 800 } })
    await scored(page)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    await page.close()
  })
})
