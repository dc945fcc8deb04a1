import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rampColour } from '../../src/labels/mask-colours.ts'
import type { Agreement } from '../../src/scoring/report/agreement-schema.ts'
import { zipOf } from '../annotations/zip-writer.ts'
import {
  type EvaluatedService,
  evaluationForm,
  startEvaluations,
} from '../evaluations-http/evaluated-service.ts'
import { writeNpy } from '../oracle/npy-writer.ts'
import { axeViolations } from './axe-violations.ts'
import { chromiumPath, startChromium, whySkipped } from './chromium.ts'
import { drop } from './drop.ts'
import { isInMiddle } from './is-in-middle.ts'
import { watchedPage } from './watched-page.ts'

const example = join(import.meta.dirname, '../../examples/dataset')
const options = JSON.parse(readFileSync(join(example, 'options.json'), 'utf8'))
const names = readdirSync(join(example, 'ground-truth'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.png'))
  .sort()
const zip = (side: string) =>
  zipOf(...names.map((name) => ({ name, content: readFileSync(join(example, side, name)) })))
const hostile = '<img src=x onerror=alert(1)>'

describe.skipIf(!chromiumPath)(`annotators in Chromium${whySkipped}`, () => {
  let browser: Browser
  let service: EvaluatedService
  let run = ''
  const folder = mkdtempSync(join(tmpdir(), 'maskscore-annotators-'))
  const people = join(folder, 'image-7')
  beforeAll(async () => {
    browser = await startChromium()
    service = await startEvaluations({}, false)
    const rows = names.map((name, at) => `${name},${name},${['ann', 'bob', hostile][at % 3]}`)
    const parts = {
      ground_truth: zip('ground-truth'),
      prediction: zip('this-week'),
      manifest: new TextEncoder().encode(['ground_truth,prediction,annotator', ...rows].join('\n')),
    }
    const form = evaluationForm(parts, { ...options, by: ['annotator'], replicates: 200 })
    run = (await service.evaluated(undefined, form)).id
    // Four people mark a square; the last one marks it elsewhere.
    mkdirSync(people)
    for (const [name, shift] of [
      ['ann', 0],
      ['bob', 1],
      ['cy', 0],
      [`dora ${hostile}`.replaceAll('/', ''), 9],
    ] as const) {
      const values = Array.from({ length: 24 * 32 }, (_, at) =>
        Number(at % 32 >= 4 + shift && at % 32 < 14 + shift && at < 500),
      )
      writeFileSync(join(people, `${name}.npy`), writeNpy({ descr: '|u1', shape: [24, 32], values }))
    }
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await service?.close()
    rmSync(folder, { recursive: true })
  })

  const open = (hash: string, context = {}) => watchedPage(browser, service, `/${hash}`, context)
  const cells = (page: Page) => page.locator('agreement-matrix tbody tr').first().locator('button')

  it('shows of a dropped folder each against each, the outlier, and where they differ; a number opens the two', async () => {
    const { page, complaints } = await open('#/annotators')
    await page.locator('source-drop h2').waitFor()
    await drop(page, [people])
    await page.locator('entropy-map canvas').waitFor()
    const form = new FormData()
    for (const name of readdirSync(people).sort())
      form.append('masks', new Blob([readFileSync(join(people, name))]), name)
    const response = await fetch(`${service.url}/v1/agreement`, { method: 'POST', body: form })
    const answer = (await response.json()) as Agreement
    const shown = await page
      .locator('agreement-matrix tbody button')
      .evaluateAll((all) => all.map((one) => one.getAttribute('title')))
    const expected = answer.mi_loss.flatMap((row, i) =>
      row.flatMap((loss, j) =>
        i === j ? [] : [`${answer.annotators[i].name} and ${answer.annotators[j].name}: ${loss}`],
      ),
    )
    expect(shown).toEqual(expected)
    expect(answer.outlier?.name).toContain('dora')
    expect(await page.locator('.told strong').innerText()).toBe(answer.outlier?.name)
    const mean = answer.disagreement.entropy_mean ?? Number.NaN
    expect(await page.locator('entropy-map p').innerText()).toContain(`mean entropy ${mean.toFixed(4)} bits`)
    await cells(page).first().focus()
    await page.keyboard.press('Enter')
    await page.locator('score-cards .loss .value').waitFor()
    expect(await page.locator('file-strip .name').allInnerTexts()).toEqual(['ann.npy', 'bob.npy'])
    await page.goBack()
    await cells(page).first().waitFor()
    expect(await page.locator('img').count()).toBe(0)
    expect(complaints).toEqual([])
    await page.close()
  })

  it('shows of large masks from afar that one pixel differs, region by region', async () => {
    // Not read whole, and seen at a coarser level.
    const side = 2200
    const [one, other] = [new Uint8Array(side * side), new Uint8Array(side * side)]
    one.fill(1, 100 * side, 200 * side)
    other.set(one)
    other[(side / 2) * side + side / 2] = 1
    const { page, complaints } = await open('#/annotators')
    const file = (name: string, values: Uint8Array) => ({
      ...{ name, mimeType: 'application/octet-stream' },
      buffer: Buffer.from(writeNpy({ descr: '|u1', shape: [side, side], values })),
    })
    const asked: string[] = []
    await page.route('**/labels', (route) => {
      const body = route.request().postDataBuffer() ?? Buffer.of()
      asked.push(body.subarray(body.lastIndexOf('name="options"')).toString('latin1'))
      return route.continue()
    })
    await page.locator('source-drop #files').setInputFiles([file('a.npy', one), file('b.npy', other)])
    await expect.poll(() => isInMiddle(page, rampColour(1)), { timeout: 30_000 }).toBe(true)
    expect(await page.locator('entropy-map p').innerText()).toContain('1 px differ')
    expect(asked).toHaveLength(2)
    for (const text of asked) expect(text).toMatch(/"region":\[0,0,2200,2200\],"level":[1-3]/)
    expect(complaints).toEqual([])
    await page.close()
  })

  it('tells why a single mask is no comparison', async () => {
    const { page } = await open('#/annotators')
    await page.locator('source-drop #files').setInputFiles([join(people, 'ann.npy')])
    await page.getByText('One file was dropped.').waitFor()
    await page.close()
  })

  it('shows of a run each annotator with the number of images, and where one deviates most', async () => {
    const { page, complaints } = await open(`#/annotators/${run}`)
    const bars = page.locator('value-bars button')
    await bars.first().waitFor()
    const { json } = await service.call(undefined, 'GET', `/v1/evaluations/${run}`)
    const { by } = json.summary as { by: { annotator: { value: string; macro: { mi_loss: number } }[] } }
    const worst = by.annotator.toSorted((a, b) => b.macro.mi_loss - a.macro.mi_loss)
    expect(await page.locator('value-bars .name').allInnerTexts()).toEqual(worst.map(({ value }) => value))
    expect(await bars.first().innerText()).toContain('n 4')
    await bars.filter({ hasText: 'bob' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('run-annotators table').waitFor()
    const query = new URLSearchParams({ by: 'annotator:bob', sort: 'mi_loss' })
    const list = await service.call(undefined, 'GET', `/v1/evaluations/${run}/items?${query}`)
    const items = list.json.items as { key: string }[]
    expect(await page.locator('run-annotators tbody a').allInnerTexts()).toEqual(items.map(({ key }) => key))
    const again = await open(new URL(page.url()).hash)
    await again.page.locator('run-annotators h3').waitFor()
    expect(await again.page.locator('run-annotators h3').innerText()).toContain('Where bob deviates most')
    expect(await page.locator('img').count()).toBe(0)
    expect([...complaints, ...again.complaints]).toEqual([])
    await page.close()
    await again.page.close()
  })

  it.each(['light', 'dark'] as const)(
    'axe finds nothing wrong, empty and filled: %s',
    async (colorScheme) => {
      const { page } = await open('#/annotators', { colorScheme })
      await page.locator('source-drop h2').waitFor()
      expect(await axeViolations(page, colorScheme)).toEqual([])
      await page.evaluate(`location.hash = '#/annotators/${run}?by=annotator&value=ann'`)
      await page.locator('run-annotators table').waitFor()
      await drop(page, [people])
      await page.locator('entropy-map canvas').waitFor()
      expect(await axeViolations(page, colorScheme)).toEqual([])
      await page.setViewportSize({ width: 320, height: 800 })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
      await page.close()
    },
  )
})
