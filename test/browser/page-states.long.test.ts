import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { form } from '../http/service.ts'
import { axeViolations } from './axe-violations.ts'
import { chromiumPath, whySkipped } from './chromium.ts'
import { Pages } from './pages.ts'
import { type Code, type Contract, codesOf, partsOf, readRefusals, refusal } from './refusals.ts'
import { cannedAnswers, pairFiles as files, refusedPlaces } from './refused-places.ts'

interface Styles {
  getComputedStyle(element: unknown): { readonly color: string; readonly backgroundColor: string }
}

/** Every scoring of a pair is refused. */
async function refuse(page: Page, code: Code, retryAfter?: number) {
  await page.unrouteAll()
  await page.route('**/v1/score', (route) => route.fulfill(refusal(code, retryAfter)))
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

  it('shows on every screen each refusal of its calls: title, detail, remedy, field, code; and asks again', async () => {
    const { page, service } = await pages.open()
    const contract = (await (await fetch(`${service.url}/openapi.json`)).json()) as Contract
    const parts = { ground_truth: readFileSync(files[0]), prediction: readFileSync(files[1]) }
    const ofPair = async (call: string, options: object) => {
      const answer = await fetch(`${service.url}/v1/${call}`, {
        method: 'POST',
        body: form({ ...parts, options }),
      })
      return Buffer.from(await answer.arrayBuffer())
    }
    const [report, planes] = await Promise.all([
      ofPair('score', { include: ['segments'] }),
      ofPair('labels', { planes: ['ground_truth', 'prediction', 'difference'] }),
    ])
    let refused = /^$/
    let answer = refusal('INTERNAL')
    await page.route('**/v1/**', (route) => {
      const { method, address } = { method: route.request().method(), address: route.request().url() }
      if (refused.test(`${method} ${address}`)) return route.fulfill(answer)
      const canned = cannedAnswers.find(([end]) => end.test(address))
      if (canned) return route.fulfill({ json: canned[1] })
      if (address.includes('report')) return route.fulfill({ body: report, contentType: 'application/json' })
      if (address.includes('items/0/labels')) return route.fulfill({ body: planes })
      if (address.includes('image')) return route.fulfill({ body: parts.ground_truth })
      return route.continue()
    })
    await page.exposeFunction('refuseWith', (code: Code) => {
      answer = refusal(code)
    })
    for (const [name, place] of Object.entries(refusedPlaces)) {
      const all = codesOf(contract, place.call)
      expect(all.length, name).toBeGreaterThan(5)
      const codes = place.isMain ? all : [all[0], all[all.length - 1]]
      refused = place.refused
      answer = refusal(codes[0])
      await page.evaluate(`location.hash = '${place.hash}'`)
      await place.come?.(page)
      const texts = await readRefusals(page, codes)
      for (const [at, code] of codes.entries())
        for (const part of partsOf(code)) expect(texts[at], `${name}: ${code}`).toContain(part)
      expect(
        texts.filter((text) => text.includes(' AND ')),
        name,
      ).toEqual([])
    }
    // A remedy that is an option of the screen, and a run that failed long ago.
    answer = refusal('PALETTE_AMBIGUOUS')
    await page.getByRole('button', { name: 'Try again' }).click()
    const remedy = page.getByRole('button', { name: 'Labels are palette indices' })
    await remedy.waitFor()
    refused = /^$/
    const asked = page.waitForRequest('**/v1/agreement')
    await remedy.click()
    expect((await asked).postData()).toContain('{"prediction":{"palette":"index"}}')
    const scored = page.waitForRequest('**/v1/score')
    await page.locator('agreement-matrix button').first().click()
    expect((await scored).postData()).toContain('"ground_truth":{"palette":"index"}')
    await page.evaluate(`location.hash = '#/runs/failed'`)
    const box = page.locator('run-screen problem-box')
    expect(await box.locator('section').innerText()).toMatch(
      /^This run failed\s+Nothing met <b>\.\s+What to do: Name the files alike\.\s+NOTHING_MATCHED$/,
    )
    expect(await box.getByRole('button').count()).toBe(0)
    await page.close()
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
    expect(await page.locator('main h1').count()).toBe(1)
    await page.route('**/compare-screen.ts', async (route) => {
      await main('Loading Compare…')
      await route.abort()
    })
    await page.evaluate("location.hash = '#/compare'")
    await main('The screen Compare could not be loaded.')
    await page.unroute('**/compare-screen.ts')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('compare-screen').waitFor()
    await page.evaluate(`location.hash = '#/pair?o=${encodeURIComponent('{"stack":"volume"}')}'`)
    await page.locator('pair-screen drop-zone input').setInputFiles(files)
    await main('A volume is no pair of images')
    await page.getByRole('button', { name: 'Other masks' }).click()
    await page.route('**/loaded-pair.ts', (route) => route.abort())
    await page.getByRole('button', { name: 'Try the example' }).click()
    await page.locator('problem-box section', { hasText: 'The service cannot be reached' }).waitFor()
    await page.unroute('**/loaded-pair.ts')
    await page.getByRole('button', { name: 'Try again' }).click()
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
    await page.route('**/openapi.json', (route) => route.fulfill(refusal('DRAINING')), { times: 1 })
    await options.click()
    const noOptions = page.locator('option-form problem-box')
    await noOptions.getByText('Detail of DRAINING.').waitFor()
    await noOptions.getByRole('button', { name: 'Try again' }).click()
    await page.locator('option-form input').first().waitFor()
    await page.route('**/drop-zone.ts', (route) => route.abort())
    await page.reload()
    await page.getByText('a part of it did not arrive').waitFor()
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

  it('can be read on paper, and where a system chooses the colours', async () => {
    const { page } = await pages.open('/', { hash: '#/pair?example=1', colorScheme: 'dark' })
    await scored(page)
    const coloursOf = (name: string) =>
      page
        .locator(name)
        .first()
        .evaluate((element) => {
          const { color, backgroundColor } = (globalThis as unknown as Styles).getComputedStyle(element)
          return [color, backgroundColor]
        })
    await page.emulateMedia({ media: 'print' })
    expect(await coloursOf('file-strip')).toEqual(['rgb(23, 27, 33)', 'rgb(255, 255, 255)'])
    await page.emulateMedia({ media: 'screen', colorScheme: 'light', forcedColors: 'active' })
    const pressed = 'layer-bar button[aria-pressed=true]'
    const [ink, paper] = await coloursOf(pressed)
    expect(ink).not.toBe(paper)
    expect(await coloursOf(`${pressed} kbd`)).toEqual([ink, 'rgba(0, 0, 0, 0)'])
    await page.close()
  })

  it.each([320, 768])('needs no sideways scrolling at %i pixels', async (width) => {
    const { page } = await pages.open('/', { hash: '#/pair?example=1', viewport: { width, height: 800 } })
    await scored(page)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    await page.close()
  })
})
