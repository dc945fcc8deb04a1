import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { zipOf } from '../annotations/zip-writer.ts'
import {
  type EvaluatedService,
  evaluationForm,
  startEvaluations,
} from '../evaluations-http/evaluated-service.ts'
import { chromiumPath, startChromium, whySkipped } from './chromium.ts'
import { watchedPage } from './watched-page.ts'

const example = join(import.meta.dirname, '../../examples/dataset')
const names = readdirSync(join(example, 'ground-truth'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.png'))
  .slice(0, 3)
const zip = (side: string) =>
  zipOf(...names.map((name) => ({ name, content: readFileSync(join(example, side, name)) })))
const key = 'ann-0123456789abcdef'

describe.skipIf(!chromiumPath)(`behind a path and with keys, in Chromium${whySkipped}`, () => {
  let browser: Browser
  let service: EvaluatedService
  let run = ''
  beforeAll(async () => {
    browser = await startChromium()
    service = await startEvaluations({ MASKSCORE_BASE_PATH: '/eval' })
    const manifest = ['ground_truth,prediction,annotator', ...names.map((name) => `${name},${name},ann`)]
    const parts = {
      ground_truth: zip('ground-truth'),
      prediction: zip('this-week'),
      manifest: new TextEncoder().encode(manifest.join('\n')),
    }
    const options = { labels: 'classes', by: ['annotator'], intervals: 'none' }
    run = (await service.evaluated('ann', evaluationForm(parts, options))).id
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await service?.close()
  })

  it('every screen asks for the key where it is missing, and is shown with it, which is in no address', async () => {
    const { page, complaints } = await watchedPage(browser, service, '/eval/#/runs')
    const asked = page.locator('problem-box').getByRole('button', { name: 'Enter a key' })
    const screens = [
      ['#/runs', 'runs-table tbody a'],
      [`#/runs/${run}`, 'item-table tbody a'],
      [`#/runs/${run}?layout=grid`, 'item-grid img'],
      [`#/runs/${run}/items/0`, 'pair-view label-viewer'],
      [`#/compare/${run}/${run}?item=0`, 'three-views label-viewer'],
      [`#/annotators/${run}`, 'value-bars button'],
    ] as const
    for (const [hash] of screens) {
      await page.evaluate(`location.hash = '${hash}'`)
      await asked.first().waitFor()
    }
    await asked.first().click()
    await page.getByLabel('Key', { exact: true }).fill(key)
    await page.getByRole('button', { name: 'Use this key' }).click()
    await page.locator('value-bars button').first().waitFor()
    for (const [hash, there] of screens.toReversed()) {
      await page.evaluate(`location.hash = '${hash}'`)
      const again = page.locator('problem-box').getByRole('button', { name: 'Try again' })
      await page.locator(there).or(again).first().waitFor()
      if (await again.isVisible()) await again.click()
      await page.locator(there).first().waitFor()
    }
    expect(page.url()).not.toContain(key)
    expect(page.url()).toContain('/eval/#/runs')
    // The browser says so of each answer 401.
    expect(complaints.filter((text) => !text.includes('status of 401'))).toEqual([])
  })

  it('a refusal on the screen of an image is told without remedies that only a pair has', async () => {
    const { page } = await watchedPage(browser, service, '/eval/#/runs')
    await page.getByRole('button', { name: 'Access key' }).click()
    await page.getByLabel('Key', { exact: true }).fill(key)
    await page.getByRole('button', { name: 'Use this key' }).click()
    const problem = {
      ...{ type: 'about:blank', title: 'The palette can mean two things', status: 422, request_id: 'r-1' },
      ...{ detail: 'Which?', code: 'PALETTE_AMBIGUOUS', remedy: 'Say it.', errors: [] },
    }
    await page.route('**/items/0/report?*', (route) =>
      route.fulfill({
        status: 422,
        contentType: 'application/problem+json',
        body: JSON.stringify(problem),
      }),
    )
    await page.evaluate(`location.hash = '#/runs/${run}/items/0'`)
    const box = page.locator('item-screen problem-box')
    await box.getByText('PALETTE_AMBIGUOUS').waitFor()
    expect(await box.getByRole('button').allInnerTexts()).toEqual(['Try again'])
  })
})
