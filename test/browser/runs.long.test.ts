import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problems } from '../../src/problems/catalogue.ts'
import { zipOf } from '../annotations/zip-writer.ts'
import { type EvaluatedService, startEvaluations } from '../evaluations-http/evaluated-service.ts'
import { axeViolations } from './axe-violations.ts'
import { chromiumPath, startChromium, whySkipped } from './chromium.ts'
import { watchedPage } from './watched-page.ts'

const example = join(import.meta.dirname, '../../examples/dataset')
const hostile = '<img src=x onerror=alert(1)>'
const manyRows = 100

interface Frames {
  requestAnimationFrame(drawn: (at: number) => void): void
}

/** A stripe of each label. */
const mask = (labels: readonly number[]) =>
  sharp(
    Uint8Array.from({ length: 16 * 12 }, (_, at) => labels[Math.floor(((at % 16) * labels.length) / 16)]),
    { raw: { width: 16, height: 12, channels: 1 } },
  )
    .toColourspace('b-w')
    .png()
    .toBuffer()

describe.skipIf(!chromiumPath)(`runs in Chromium${whySkipped}`, () => {
  let browser: Browser
  let service: EvaluatedService
  let run: string
  let many: string
  let failedItem: number
  let hostileItem: number
  const folder = mkdtempSync(join(tmpdir(), 'maskscore-runs-'))

  beforeAll(async () => {
    browser = await startChromium()
    service = await startEvaluations({}, false)
    const form = new FormData()
    for (const [part, side] of [
      ['ground_truth', 'ground-truth'],
      ['prediction', 'this-week'],
    ]) {
      const path = join(folder, `${side}.tar`)
      execFileSync('tar', ['-cf', path, '-C', join(example, side), '.'])
      form.append(part, new Blob([readFileSync(path)]), `${side}.tar`)
    }
    form.append('name', 'this week')
    form.append('options', readFileSync(join(example, 'options.json'), 'utf8'))
    run = (await service.evaluated(undefined, form)).id
    many = (await service.evaluated(undefined, await hostileRun())).id
    failedItem = await indexOf('status=failed')
    hostileItem = await indexOf(`key=${encodeURIComponent(hostile)}`)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await service?.close()
    rmSync(folder, { recursive: true })
  })

  /** Many images of one tiny pair, with hostile names, one of which cannot be read. */
  async function hostileRun(): Promise<FormData> {
    const form = new FormData()
    const [truth, good, bad] = await Promise.all([mask([0, 1, 2]), mask([0, 1, 2]), mask([0, 2, 2])])
    const broken = { name: 'broken.png', content: 'no picture' }
    const predictions = [{ name: 'good.png', content: good }, { name: 'bad.png', content: bad }, broken]
    const rows = Array.from({ length: manyRows }, (_, at) => {
      const prediction = at === 7 ? 'broken.png' : at % 2 === 0 ? 'good.png' : 'bad.png'
      return [at === 1 ? hostile : `image ${at}`, 'truth.png', prediction, ['here', hostile][at % 2]]
    })
    const manifest = [['key', 'ground_truth', 'prediction', 'site'], ...rows]
      .map((row) => row.join(','))
      .join('\n')
    form.append('ground_truth', new Blob([zipOf({ name: 'truth.png', content: truth })]), 'truth.zip')
    form.append('prediction', new Blob([zipOf(...predictions)]), 'pred.zip')
    form.append('manifest', new Blob([manifest]), 'manifest.csv')
    form.append('name', hostile)
    const classes = { 0: 'soil', 1: hostile, 2: 'weed' }
    form.append('options', JSON.stringify({ labels: 'classes', classes, by: ['site'], intervals: 'none' }))
    return form
  }

  /** Items stand in the order of their keys. */
  async function indexOf(filter: string): Promise<number> {
    const { json } = await service.call(undefined, 'GET', `/v1/evaluations/${many}/items?${filter}`)
    return (json.items as { index: number }[])[0].index
  }

  const open = (hash: string, context = {}) => watchedPage(browser, service, `/${hash}`, context)
  const rows = (page: Page) => page.locator('item-table tbody tr:not(.gap)')
  const focused = (page: Page) =>
    page.evaluate(
      'let e = document.activeElement; while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement; e?.textContent?.trim()',
    )

  it('are gone through by keys alone: run, image, the next, and back to its row', async () => {
    const { page, complaints } = await open(`#/runs/${run}`)
    await rows(page).first().waitFor()
    const { json } = await service.call(undefined, 'GET', `/v1/evaluations/${run}/items?sort=mi_loss`)
    const keys = (json.items as { key: string }[]).map(({ key }) => key)
    expect(await page.locator('item-table tbody a').allInnerTexts()).toEqual(keys)
    for (const name of [
      'run-scores .name',
      'item-table thead button:has-text("mi_loss")',
      'item-filters select',
      'item-filters option',
    ])
      await expect
        .poll(() => page.locator(name).first().getAttribute('title'), { message: name })
        .toMatch(/^MI loss: /)
    expect(await page.locator('class-bars li').first().getAttribute('title')).toMatch(/^Class IoU: /)
    expect(await page.locator('warning-list section').innerText()).toContain('say so with “Group by” folder')
    await page.keyboard.press('j')
    await expect.poll(() => focused(page)).toBe(keys[0])
    await page.keyboard.press('j')
    await expect.poll(() => focused(page)).toBe(keys[1])
    await page.keyboard.press('Enter')
    await page.locator('pair-view').waitFor()
    await page.keyboard.press('4')
    await page.keyboard.press('n')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('pixel-readout p').innerText()).toMatch(/x \d+ y \d+/)
    await page.keyboard.press('+')
    const place = () => new URL(page.url()).hash.replace(/items\/\d+/, '')
    const before = place()
    expect(before).toMatch(/layer=loss.*z=/)
    await page.keyboard.press('j')
    const heading = page.locator('item-bar h1')
    await expect.poll(() => heading.innerText()).toBe(keys[2])
    await expect.poll(place).toBe(before)
    expect(await page.locator('item-bar [role=status]').innerText()).toContain('3 of 12')
    await page.keyboard.press('Escape')
    await expect.poll(() => focused(page)).toBe(keys[2])
    expect(complaints).toEqual([])
    await page.close()
  })

  it('show the loss of an image as its row has it, and open by a link as they were seen', async () => {
    const { page } = await open(`#/runs/${run}/items/3?sort=mean_iou&layer=loss&z=8&x=70&y=60`)
    const loss = page.locator('score-cards .loss .value')
    await loss.waitFor()
    const { json } = await service.call(undefined, 'GET', `/v1/evaluations/${run}/items/3`)
    expect(await loss.getAttribute('title')).toBe(String((json.scores as { mi_loss: number }).mi_loss))
    expect(await page.locator('label-viewer .zoom span').innerText()).toBe('8×')
    expect(await page.locator('layer-bar button[aria-pressed=true]').first().innerText()).toContain('Loss')
    await page.close()
  })

  it('are filtered by class, column and range of a score; the address says it, and Back takes it back', async () => {
    const { page } = await open(`#/runs/${many}`)
    const count = page.locator('item-filters h2')
    await expect.poll(() => count.innerText()).toBe('100 images')
    await page.locator('item-filters').getByLabel('site').selectOption('here')
    await expect.poll(() => count.innerText()).toBe('50 images')
    await page.locator('score-histogram').getByLabel('from').fill('0.2')
    await page.locator('score-histogram').getByRole('button', { name: 'Show these' }).click()
    await expect.poll(() => count.innerText()).toBe('0 images')
    await page.goBack()
    await expect.poll(() => count.innerText()).toBe('50 images')
    await page.goBack()
    await expect.poll(() => count.innerText()).toBe('100 images')
    await page.locator('class-bars').getByRole('button', { name: 'weed' }).click()
    await expect.poll(() => page.url()).toMatch(/sort=iou.*class=2/)
    await page.locator('item-filters').getByLabel('site').selectOption('here')
    await expect.poll(() => count.innerText()).toBe('50 images')
    const first = await rows(page).first().innerText()
    const again = await open(new URL(page.url()).hash)
    await expect.poll(() => again.page.locator('item-filters h2').innerText()).toBe('50 images')
    expect(await rows(again.page).first().innerText()).toBe(first)
    const chosen = again.page.locator('class-bars button[aria-pressed=true]')
    expect(await chosen.innerText()).toBe('weed')
    await again.page.close()
    await page.close()
  })

  it('keep few rows in the page, whatever their number, and scroll and sort them at once', {
    retry: 2,
  }, async () => {
    const { page } = await open('#/runs')
    const { json } = await service.call(undefined, 'GET', `/v1/evaluations/${many}/items/0`)
    const item = json as { scores: object }
    const total = 10_000
    // Ten thousand images of one row, as the service would send them.
    await page.route(`**/v1/evaluations/${many}/items?*`, (route) => {
      const query = new URL(route.request().url()).searchParams
      const first = Number(query.get('cursor') ?? 0)
      const items = Array.from({ length: 200 }, (_, at) => {
        const index = query.get('sort') === 'key' ? total - 1 - first - at : first + at
        return { ...item, index, key: `image ${index}`, scores: { ...item.scores, mi_loss: index / total } }
      })
      const next = first + 200 < total ? String(first + 200) : null
      const previous = first > 0 ? String(first - 200) : null
      return route.fulfill({ json: { items, total, unanswered: 0, first, next, previous } })
    })
    await page.evaluate(`location.hash = '#/runs/${many}?sort=index'`)
    await rows(page).first().waitFor()
    const scroll = page.locator('item-table .scroll')
    /** Milliseconds of a frame in the middle while it scrolls down, and up again. */
    const frame = () =>
      scroll.evaluate(async (element) => {
        const { requestAnimationFrame: atFrame } = globalThis as unknown as Frames
        const taken: number[] = []
        let last = performance.now()
        for (let at = 0; at < 40; at++) {
          element.scrollBy(0, at < 20 ? 150 : -150)
          await new Promise(atFrame)
          taken.push(performance.now() - last)
          last = performance.now()
        }
        return taken.sort((a, b) => a - b)[20]
      })
    /** Milliseconds until the other order is there. */
    const sort = (column: string, first: string) =>
      page
        .locator(`item-table thead th${column} button`)
        .first()
        .evaluate(async (button, first) => {
          const { requestAnimationFrame: atFrame } = globalThis as unknown as Frames
          const table = button.closest('table')
          const begun = performance.now()
          ;(button as unknown as { click(): void }).click()
          while (!table?.querySelector('tbody tr:not(.gap) a')?.textContent?.endsWith(first))
            await new Promise(atFrame)
          return performance.now() - begun
        }, first)
    const few = { frame: await frame(), sort: await sort('.key', 'image 9999') }
    await sort(':has-text("mi_loss")', 'image 0')
    await expect
      .poll(
        async () => {
          await scroll.evaluate((element) => element.scrollBy(0, 1e6))
          return rows(page).last().innerText()
        },
        { timeout: 50_000, interval: 20 },
      )
      .toContain(`image ${total - 1}`)
    expect(await rows(page).count()).toBeLessThanOrEqual(60)
    expect(await page.locator('item-table table').getAttribute('aria-rowcount')).toBe(String(total + 1))
    // Twice what the page means to take, or twice what a few rows take where the machine is busy.
    expect(await frame()).toBeLessThan(2 * Math.max(34, few.frame))
    expect(await sort('.key', 'image 9999')).toBeLessThan(2 * Math.max(150, few.sort))
    await page.close()
  })

  it('that cannot be told say so on every screen, and are there when they are asked for again', async () => {
    const { page } = await open('#/pair')
    for (const [hash, there] of [
      ['#/runs', 'runs-table'],
      [`#/runs/${run}`, 'item-table tbody a'],
      [`#/runs/${run}/items/0`, 'pair-view'],
      [`#/compare`, 'run-picker option:nth-child(2)'],
      [`#/compare/${run}/${run}`, 'regression-list'],
      [`#/annotators/${many}`, 'value-bars'],
    ]) {
      // A list that breaks off, else an answer of something before the service.
      const isCut = hash === '#/runs'
      await page.route('**/v1/**', (route) =>
        route.fulfill(isCut ? { body: '{"evaluations":[' } : { status: 500 }),
      )
      await page.evaluate(`location.hash = '${hash}'`)
      await page
        .locator('problem-box section', { hasText: isCut ? 'cut short' : 'has status 500' })
        .first()
        .waitFor()
      await page.unroute('**/v1/**')
      await page.getByRole('button', { name: 'Try again' }).click()
      await page.locator(there).first().waitFor({ state: 'attached' })
      await expect.poll(() => page.locator('problem-box').count()).toBe(0)
    }
    await page.route('**/overlay?size=240', (route) => route.fulfill({ body: 'no picture' }))
    await page.evaluate(`location.hash = '#/runs/${run}?layout=grid'`)
    await page.locator('item-thumbnail', { hasText: 'cut short' }).first().waitFor()
    await page.close()
  })

  it('that are not over are followed on by themselves when the service was away', async () => {
    const { page } = await open('#/pair')
    const { json } = await service.call(undefined, 'GET', `/v1/evaluations/${run}`)
    const asked: string[] = []
    await page.route(`**/v1/evaluations/${run}{,\\?wait=30s}`, (route) => {
      asked.push(route.request().url())
      if (asked.length === 1)
        return route.fulfill({
          json: { ...json, revision: 0, state: 'running', finished_at: null, summary: null },
        })
      return asked.length === 2 ? route.abort() : route.continue()
    })
    await page.evaluate(`location.hash = '#/runs/${run}'`)
    await page.locator('problem-box section', { hasText: 'The page asks again by itself.' }).waitFor()
    await page.locator('run-head progress').waitFor()
    await page.locator('item-table tbody a').first().waitFor()
    expect(await page.locator('problem-box').count()).toBe(0)
    expect(asked.length).toBe(3)
    await page.close()
  })

  it('show hostile names as text, and say why an image failed', async () => {
    const { page, complaints } = await open(`#/runs/${many}?status=failed`)
    await page.locator('item-status .bad').waitFor()
    expect(await page.locator('run-head h1').innerText()).toBe(hostile)
    expect(await page.locator('warning-list section').innerText()).toContain('1 of 100 images failed')
    await page.locator('item-table tbody a').click()
    const why = page.locator('item-facts section', { hasText: 'UNSUPPORTED_FORMAT' })
    await why.waitFor()
    await expect.poll(() => why.innerText()).toContain(problems.UNSUPPORTED_FORMAT.remedy.split('`')[0])
    await page.evaluate(`location.hash = '#/runs/${many}/items/${hostileItem}'`)
    await expect.poll(() => page.locator('item-bar h1').innerText()).toBe(hostile)
    await page.locator('pair-view').waitFor()
    expect(await page.locator('img').count()).toBe(0)
    expect(complaints).toEqual([])
    await page.close()
  })

  it('show the scores and the warnings of a volume, which is not drawn', async () => {
    const { page, complaints } = await open('#/runs')
    const { json } = await service.call(undefined, 'GET', `/v1/evaluations/${run}/items/3`)
    const warnings = [{ code: 'CONSTANT_MASK', message: 'The prediction has a single label (0).' }]
    await page.route(`**/v1/evaluations/${run}/items/3`, (route) =>
      route.fulfill({ json: { ...json, depth: 6, warnings } }),
    )
    await page.evaluate(`location.hash = '#/runs/${run}/items/3'`)
    const facts = page.locator('item-facts')
    await facts.getByText('× 6: it is scored, and not drawn.').waitFor()
    await facts.getByText('The prediction has a single label (0).').waitFor()
    expect(await page.locator('pair-view, problem-box').count()).toBe(0)
    expect(complaints).toEqual([])
    await page.close()
  })

  it('without any score say so, list their images with why they failed, and are gone when others delete them', async () => {
    const form = new FormData()
    form.append(
      'ground_truth',
      new Blob([zipOf({ name: '1.png', content: await mask([0, 1]) })]),
      'truth.zip',
    )
    form.append('prediction', new Blob([zipOf({ name: '1.png', content: 'no picture' })]), 'pred.zip')
    form.append('options', JSON.stringify({ on_broken: 'skip' }))
    const { id } = await service.evaluated(undefined, form)
    const { page, complaints } = await open(`#/runs/${id}`)
    await page.locator('item-status .bad').waitFor()
    await page.locator('score-histogram', { hasText: 'No image has a value of mi_loss.' }).waitFor()
    await page.locator('run-view section', { hasText: 'No pixel was counted.' }).waitFor()
    await page.locator('item-table tbody a').click()
    await page.locator('item-facts section', { hasText: 'UNSUPPORTED_FORMAT' }).waitFor()
    await page.locator('item-bar [role=status]', { hasText: '1 of 1' }).waitFor()
    // Somebody else deletes it meanwhile.
    await page.evaluate("location.hash = '#/runs'")
    const row = page.locator(`runs-table a[href="#/runs/${id}"]`)
    await row.waitFor()
    await service.call(undefined, 'DELETE', `/v1/evaluations/${id}`)
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await row.waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
    await page.close()
  })

  it.each(
    (['light', 'dark'] as const).flatMap((theme) =>
      ['list', 'run', 'grid', 'image', 'failed image'].map((state) => [state, theme] as const),
    ),
  )('axe finds nothing wrong: %s, %s', async (state, colorScheme) => {
    const states: Readonly<Record<string, readonly [hash: string, there: string]>> = {
      list: ['#/runs', 'runs-table tbody tr'],
      run: [`#/runs/${many}?class=2&sort=iou`, 'item-table tbody a'],
      grid: [`#/runs/${run}?layout=grid`, 'item-grid img'],
      image: [`#/runs/${run}/items/0`, 'pair-view'],
      'failed image': [`#/runs/${many}/items/${failedItem}`, 'item-facts section'],
    }
    const [hash, there] = states[state]
    const { page } = await open(hash, { colorScheme })
    await page.locator(there).first().waitFor()
    for (const folded of await page.locator('run-screen summary').all()) await folded.click()
    expect(await axeViolations(page, colorScheme)).toEqual([])
    await page.close()
  })

  it.each([320, 768])('need no sideways scrolling at %i pixels', async (width) => {
    for (const hash of ['#/runs', `#/runs/${run}?class=2&sort=iou`, `#/runs/${run}/items/0`]) {
      const { page } = await open(hash, { viewport: { width, height: 800 } })
      await page.locator('runs-table, item-table, pair-view').first().waitFor()
      expect(await page.evaluate('document.documentElement.scrollWidth'), hash).toBeLessThanOrEqual(width)
      // However many columns stand beside it, the name of an image is there to be read and pressed.
      if (hash.includes('sort=iou'))
        expect((await rows(page).first().locator('td').first().boundingBox())?.width).toBeGreaterThan(140)
      await page.close()
    }
  })
})
