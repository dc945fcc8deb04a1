import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { difference } from '../../src/labels/difference.ts'
import { readPlanes } from '../../src/page/browser/masks/npy.ts'
import { zipOf } from '../annotations/zip-writer.ts'
import {
  type EvaluatedService,
  evaluationForm,
  startEvaluations,
} from '../evaluations-http/evaluated-service.ts'
import { axeViolations } from './axe-violations.ts'
import { chromiumPath, startChromium, whySkipped } from './chromium.ts'
import { watchedPage } from './watched-page.ts'

const example = join(import.meta.dirname, '../../examples/dataset')
const options = { ...JSON.parse(readFileSync(join(example, 'options.json'), 'utf8')), replicates: 200 }
const zip = (side: string, isWanted = (_: string) => true) =>
  zipOf(
    ...readdirSync(join(example, side), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.png') && isWanted(name))
      .map((name) => ({ name, content: readFileSync(join(example, side, name)) })),
  )

interface Compared {
  readonly scores: readonly { pointer: string; delta: number }[]
  readonly items: readonly { index: number; key: string; delta: number }[]
}

describe.skipIf(!chromiumPath)(`two runs compared in Chromium${whySkipped}`, () => {
  let browser: Browser
  let service: EvaluatedService
  let [a, b, other] = ['', '', '']
  const hostile = '<img src=x onerror=alert(1)>'
  beforeAll(async () => {
    browser = await startChromium()
    service = await startEvaluations({}, false)
    const evaluated = async (name: string, ground_truth: Uint8Array, prediction: Uint8Array) =>
      (await service.evaluated(undefined, evaluationForm({ ground_truth, prediction, name }, options))).id
    a = await evaluated(hostile, zip('ground-truth'), zip('last-week'))
    b = await evaluated('this week', zip('ground-truth'), zip('this-week'))
    const isFirst = (name: string) => name.startsWith('field-1')
    other = await evaluated('another dataset', zip('ground-truth', isFirst), zip('this-week', isFirst))
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await service?.close()
  })

  const open = (hash: string, context = {}) => watchedPage(browser, service, `/${hash}`, context)
  const asked = async (path: string) =>
    (await service.call(undefined, 'GET', `/v1/evaluations/${b}/comparison${path}with=${a}`))
      .json as unknown as Compared
  const rows = (page: Page) => page.locator('regression-list tbody tr')
  const shown = (page: Page) => page.locator('three-views figcaption').first().waitFor()

  it('shows the differences, what got worse first, and what changed in an image, pixel by pixel', async () => {
    const { page, complaints } = await open('#/runs')
    await page.getByLabel('Compare this week').click()
    await page.locator('run-picker select').first().selectOption(a)
    await rows(page).first().waitFor()
    expect(page.url()).toContain(`#/compare/${a}/${b}`)
    const [{ scores }, { items }] = [await asked('?'), await asked('/items?')]
    const deltas = await page
      .locator('difference-table tbody td:nth-child(4)')
      .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('title'))))
    expect(deltas).toEqual(scores.map(({ delta }) => delta))
    await expect
      .poll(() => page.locator('difference-table tbody th').first().getAttribute('title'))
      .toMatch(/^MI loss: /)
    expect(await rows(page).locator('button').allInnerTexts()).toEqual(items.map(({ key }) => key))
    expect(items[0].delta).toBeGreaterThan(0)
    await rows(page).first().locator('button').click()
    await shown(page)
    const codes = await Promise.all(
      [a, b].map(async (id) => {
        const address = `${service.url}/v1/evaluations/${id}/items/${items[0].index}/labels?planes=difference`
        return readPlanes(await (await fetch(address)).arrayBuffer()).planes[0]
      }),
    )
    const count = (isOf: (ofA: number, ofB: number) => boolean) =>
      Array.from(codes[0]).filter((code, at) => isOf(code, codes[1][at])).length
    const right = difference.agreement
    const legend = await page.locator('three-views ul').innerText()
    for (const expected of [
      `wrong in B ${count((x, y) => x === right && y !== right)} px`,
      `right in B ${count((x, y) => x !== right && y === right)} px`,
    ])
      expect(legend.replaceAll('\n', ' ').replaceAll(',', '')).toContain(expected)
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.locator('run-picker').first().locator('option:checked').innerText()).toContain(hostile)
    expect(complaints).toEqual([])
    await page.close()
  })

  it('moves the three views together', async () => {
    const { page } = await open(`#/compare/${a}/${b}?item=4`)
    await shown(page)
    const views = () =>
      page
        .locator('label-viewer')
        .evaluateAll((all) => all.map((one) => JSON.stringify((one as unknown as { view: object }).view)))
    await expect.poll(async () => new Set(await views()).size).toBe(1)
    const [before] = await views()
    await page.locator('label-viewer').nth(1).getByLabel('Zoom in').click()
    await expect.poll(async () => (await views())[2]).not.toBe(before)
    expect(new Set(await views()).size).toBe(1)
    await page.close()
  })

  it('is worked by keys alone: next image, layer, exchange, and the points of the plot', async () => {
    const { page, complaints } = await open(`#/compare/${a}/${b}`)
    await rows(page).first().waitFor()
    const { items } = await asked('/items?')
    await page.keyboard.press('j')
    await expect.poll(() => page.url()).toContain(`item=${items[0].index}`)
    await shown(page)
    await page.keyboard.press('j')
    await expect.poll(() => page.url()).toContain(`item=${items[1].index}`)
    await page.keyboard.press('2')
    await expect
      .poll(() => page.locator('three-views button[aria-pressed=true]').innerText())
      .toBe('Difference to the truth')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.url()).toContain(`#/runs/${b}/items/${items[1].index}`)
    await page.goBack()
    await shown(page)
    await page.locator('score-scatter canvas').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => page.locator('score-scatter p').innerText()).toContain('image 1 ·')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.url()).toContain('item=1&')
    await page.locator('h1').click()
    await page.keyboard.press('x')
    await expect.poll(() => page.url()).toContain(`#/compare/${b}/${a}`)
    await page.goBack()
    await expect.poll(() => page.url()).toContain(`#/compare/${a}/${b}`)
    expect(complaints).toEqual([])
    await page.close()
  })

  it('opens by its link as it was seen: score, image, layer', async () => {
    const { page } = await open(`#/compare/${a}/${b}?score=mean_iou&item=5&layer=labels`)
    await shown(page)
    expect(await page.locator('.head select').inputValue()).toBe('mean_iou')
    expect(await page.locator('regression-list button[aria-pressed=true]').innerText()).toBe('field-3/b')
    expect(await page.locator('three-views button[aria-pressed=true]').innerText()).toBe('Labels')
    expect(await page.locator('score-scatter p').innerText()).toContain('below it, in orange, B is worse')
    await page.close()
  })

  it('offers older runs than the newest, too', async () => {
    const { page } = await open('#/annotators')
    const { json } = await service.call(undefined, 'GET', '/v1/evaluations')
    const [newest, ...older] = json.evaluations as object[]
    await page.route('**/v1/evaluations?*', (route) => {
      const isFirst = !route.request().url().includes('cursor=')
      return route.fulfill({
        json: isFirst ? { evaluations: [newest], next: 'c' } : { evaluations: older, next: null },
      })
    })
    await page.evaluate(`location.hash = '#/compare'`)
    const select = page.locator('run-picker select').first()
    await select.selectOption('older runs…')
    await expect.poll(() => select.locator('option').count()).toBe(1 + 1 + older.length)
    await select.selectOption(a)
    await expect.poll(() => page.url()).toContain(a)
    await page.close()
  })

  it('tells why two runs cannot be compared', async () => {
    const { page } = await open(`#/compare/${other}/${b}`)
    const box = page.locator('problem-box section')
    await box.waitFor()
    expect(await box.innerText()).toContain('NOT_COMPARABLE')
    await page.close()
  })

  it.each(['light', 'dark'] as const)(
    'axe finds nothing wrong, empty and with an image: %s',
    async (colorScheme) => {
      const { page } = await open('#/compare', { colorScheme })
      await page.locator('run-picker select').first().waitFor()
      expect(await axeViolations(page, colorScheme)).toEqual([])
      await page.evaluate(`location.hash = '#/compare/${a}/${b}?item=4'`)
      await shown(page)
      expect(await axeViolations(page, colorScheme)).toEqual([])
      await page.setViewportSize({ width: 320, height: 800 })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
      await page.close()
    },
  )
})
