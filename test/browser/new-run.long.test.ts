import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { zipOf } from '../annotations/zip-writer.ts'
import { type EvaluatedService, startEvaluations } from '../evaluations-http/evaluated-service.ts'
import { axeViolations } from './axe-violations.ts'
import { chromiumPath, startChromium, whySkipped } from './chromium.ts'
import { drop } from './drop.ts'
import { watchedPage } from './watched-page.ts'

const example = join(import.meta.dirname, '../../examples/dataset')
const [truths, predictions] = [join(example, 'ground-truth'), join(example, 'this-week')]

describe.skipIf(!chromiumPath)(`a new run in Chromium${whySkipped}`, () => {
  let browser: Browser
  let service: EvaluatedService
  const folder = mkdtempSync(join(tmpdir(), 'maskscore-new-run-'))
  beforeAll(async () => {
    browser = await startChromium()
    service = await startEvaluations({}, false)
  })
  afterAll(async () => {
    await browser?.close()
    await service?.close()
    rmSync(folder, { recursive: true })
  })

  const open = (hash: string, context = {}) => watchedPage(browser, service, `/${hash}`, context)
  const pairs = (page: Page) => page.locator('matching-view .pairs')
  const roles = (page: Page) =>
    page
      .locator('source-list select')
      .evaluateAll((all) => all.map((one) => (one as unknown as { value: string }).value))
  const isRunning = (page: Page) =>
    expect.poll(() => page.url(), { timeout: 60_000 }).toMatch(/#\/runs\/[0-9a-f-]{36}$/)

  /** The newest evaluation of the service, when it has ended. */
  async function newest() {
    const { json } = await service.call(undefined, 'GET', '/v1/evaluations')
    const [{ id }] = json.evaluations as { id: string }[]
    // Each wait ends when the state changes: queued, running, done.
    for (;;) {
      const { json: run } = await service.call(undefined, 'GET', `/v1/evaluations/${id}?wait=30s`)
      if (!['receiving', 'matching', 'running', 'finishing'].includes(String(run.state))) return run
    }
  }

  it('comes of two folders that are dropped on the first screen: what belongs together is shown, then scored', async () => {
    const { page, complaints } = await open('#/pair')
    await drop(page, [predictions, truths])
    await expect.poll(() => pairs(page).innerText(), { timeout: 20_000 }).toBe('12 pairs')
    expect(await page.locator('source-list .name').allInnerTexts()).toEqual(['this-week', 'ground-truth'])
    expect(await roles(page)).toEqual(['prediction', 'ground_truth'])
    expect(await page.locator('matching-view .hint').innerText()).toContain('say so with “Group by” folder')
    await page.getByLabel('Name').fill('this week <b>')
    await page.getByText('Matching, groups, other options').click()
    await page.getByLabel('Other options, as JSON').fill(readFileSync(join(example, 'options.json'), 'utf8'))
    await page.getByRole('button', { name: 'Evaluate 12 pairs' }).click()
    await isRunning(page)
    expect(await newest()).toMatchObject({
      name: 'this week <b>',
      state: 'done',
      matching: { pairs: 12, missing: 0, extra: 0 },
      summary: { items: { scored: 12 } },
    })
    await page.getByText('this week <b>').first().waitFor()
    expect(await page.locator('b').count()).toBe(0)
    expect(complaints).toEqual([])
    await page.close()
  })

  it('tells what is unmatched, doubled and passed over before anything is sent', async () => {
    const [gt, pred] = ['gt', 'pred'].map((side) => join(folder, side))
    for (const [side, names] of [
      [
        gt,
        [
          '1.png',
          '2.png',
          '3.png',
          'twice.png',
          'twice.tif',
          '<img src=x onerror=alert(1)>.png',
          'README.md',
        ],
      ],
      [pred, ['1.png', '9.png', '<img src=x onerror=alert(1)>.png']],
    ] as const) {
      mkdirSync(side)
      for (const name of names) writeFileSync(join(side, name), 'x')
    }
    const { page, complaints } = await open('#/runs/new')
    await drop(page, [gt, pred])
    await expect.poll(() => pairs(page).innerText(), { timeout: 20_000 }).toBe('2 pairs')
    const told = await page.locator('matching-view [role=status]').innerText()
    for (const part of ['2 without a prediction', '1 without a ground truth', '1 with several files'])
      expect(told).toContain(part)
    for (const summary of await page.locator('matching-view summary').all()) await summary.click()
    const lists = await page.locator('matching-view [role=status]').innerText()
    for (const part of ['9.png', 'twice: twice.png, twice.tif', 'text file: 1']) expect(lists).toContain(part)
    expect(await page.locator('img').count()).toBe(0)
    expect(await axeViolations(page, 'light')).toEqual([])
    await page.getByLabel('Remove pred').click()
    await expect.poll(() => page.locator('matching-view [role=status]').innerText()).toContain('two patterns')
    expect(complaints).toEqual([])
    await page.close()
  })

  it('takes one folder that holds both sides apart, and exchanges the sides by a key', async () => {
    const both = join(folder, 'data')
    cpSync(truths, join(both, 'gt'), { recursive: true })
    cpSync(predictions, join(both, 'predictions'), { recursive: true })
    const { page } = await open('#/runs')
    await page.locator('runs-screen').waitFor()
    await drop(page, [both])
    await expect.poll(() => pairs(page).innerText(), { timeout: 20_000 }).toBe('12 pairs')
    expect(await page.locator('source-list .name').allInnerTexts()).toEqual(
      expect.arrayContaining(['data/gt', 'data/predictions']),
    )
    const before = await roles(page)
    await page.locator('h1').click()
    await page.keyboard.press('x')
    await expect.poll(() => roles(page)).toEqual(before.toReversed())
    await page.close()
  })

  it('is made of archives by keys alone; a refusal of the service is shown, and mended', async () => {
    const png = (name: string) => ({ name, content: readFileSync(join(truths, 'field-1/a.png')) })
    writeFileSync(join(folder, 'gt.zip'), zipOf(png('a.png')))
    writeFileSync(join(folder, 'pred.zip'), zipOf(png('a.png')))
    const { page, complaints } = await open('#/runs/new')
    await page.locator('source-drop #files').setInputFiles([join(folder, 'pred.zip'), join(folder, 'gt.zip')])
    await expect.poll(() => pairs(page).innerText(), { timeout: 20_000 }).toBe('1 pair')
    const press = async (name: string) => {
      for (let tabs = 0; tabs < 40; tabs++) {
        const focused = await page.evaluate(
          'let e = document.activeElement; while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement; (e?.textContent?.trim() || e?.name)',
        )
        if (focused === name) return
        await page.keyboard.press('Tab')
      }
      throw new Error(`the tab key does not reach ${name}`)
    }
    await press('Matching, groups, other options')
    await page.keyboard.press('Enter')
    await press('others')
    await page.keyboard.type('{"replicates": 1}')
    await press('Evaluate 1 pair')
    await page.keyboard.press('Enter')
    const problem = page.locator('problem-box section')
    await problem.waitFor()
    expect(await problem.innerText()).toContain('INVALID_OPTIONS')
    await page.getByLabel('Other options, as JSON').fill('')
    await page.getByRole('button', { name: 'Evaluate 1 pair' }).click()
    await isRunning(page)
    expect(await newest()).toMatchObject({
      state: 'done',
      matching: { pairs: 1 },
      summary: { pooled: { mi_loss: 0 } },
    })
    // Chromium itself tells of the refused call; nothing else is said.
    expect(complaints.filter((one) => !one.includes('status of 400'))).toEqual([])
    await page.close()
  })

  it('shows how much has been sent, and can be cancelled', async () => {
    const { page } = await open('#/runs/new')
    await page.route('**/v1/evaluations', () => new Promise(() => undefined))
    await drop(page, [truths, predictions])
    await page.getByRole('button', { name: 'Evaluate 12 pairs' }).click()
    await page.getByText(/% sent/).waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Evaluate 12 pairs' }).waitFor()
    expect(await page.locator('problem-box').count()).toBe(0)
    await page.unrouteAll()
    await page.close()
  })

  it.each(['light', 'dark'] as const)(
    'axe finds nothing wrong, empty and filled: %s',
    async (colorScheme) => {
      const { page } = await open('#/runs/new', { colorScheme })
      await page.locator('source-drop h2').waitFor()
      expect(await axeViolations(page, colorScheme)).toEqual([])
      await drop(page, [truths, predictions])
      await pairs(page).waitFor()
      await page.getByText('Matching, groups, other options').click()
      expect(await axeViolations(page, colorScheme)).toEqual([])
      await page.setViewportSize({ width: 320, height: 800 })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
      await page.close()
    },
  )
})
