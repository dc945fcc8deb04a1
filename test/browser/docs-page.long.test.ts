import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Service, startService } from '../http/service.ts'
import { writeNpy } from '../oracle/npy-writer.ts'
import { chromiumPath, startChromium, whySkipped } from './chromium.ts'

const example = (name: string) => join(import.meta.dirname, '../../examples', name)
const [truth, prediction] = [example('pair/ground-truth.png'), example('pair/prediction.png')]

/** A mask of 2 × 3 pixels and a map of two classes for it. */
const folder = mkdtempSync(join(tmpdir(), 'maskscore-docs-page-'))
const [labels, map] = ['labels.npy', 'map.npy'].map((name) => join(folder, name))
writeFileSync(labels, writeNpy({ descr: '|u1', shape: [2, 3], values: [0, 1, 1, 0, 0, 1] }))
writeFileSync(
  map,
  writeNpy({
    descr: '<f8',
    shape: [2, 2, 3],
    values: [0.9, 0.2, 0.4, 0.7, 0.6, 0.1, 0.1, 0.8, 0.6, 0.3, 0.4, 0.9],
  }),
)

/** The files of each call that takes some, by part. What is not chosen stays as the page has it. */
const files: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  postScore: { ground_truth: [truth], prediction: [prediction] },
  postOverlay: { ground_truth: [truth], prediction: [prediction], image: [truth] },
  postInspect: { mask: [prediction] },
  postAgreement: { masks: [truth, prediction] },
  postGradient: { ground_truth: [labels], prediction: [map] },
  postLabels: { ground_truth: [truth], prediction: [prediction], masks: [] },
  postTable: {},
}
const calls = Object.keys(files)

describe.skipIf(!chromiumPath)(`/docs in Chromium${whySkipped}`, () => {
  let browser: Browser
  const services: Service[] = []
  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(async () => {
    await browser?.close()
    for (const service of services) await service.close()
    rmSync(folder, { recursive: true })
  })

  /** The page of a service, and everything that it complained about or asked elsewhere. */
  async function open(env: Record<string, string> = {}, base = '') {
    const service = await startService(env)
    services.push(service)
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', ({ message }) => complaints.push(message))
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url())
      if (protocol === 'http:' && origin !== service.url) complaints.push(`asked ${request.url()}`)
    })
    await page.goto(`${service.url}${base}/docs`)
    await page.locator('#operations-Scoring-postScore').waitFor()
    return { page, complaints }
  }

  let first: ReturnType<typeof open> | undefined
  const shared = () => {
    first ??= open()
    return first
  }

  /** Opens an operation, chooses its files and executes it: the status that the page shows. */
  async function tryOut(operation: Locator, parts: Readonly<Record<string, readonly string[]>> = {}) {
    await operation.locator('.opblock-summary-control').click()
    await operation.locator('button.execute').waitFor()
    for (const [part, paths] of Object.entries(parts)) {
      const field = operation.locator(`[data-property-name="${part}"]`)
      const inputs = field.locator('input[type=file]')
      // Of a list, as another one has its one input.
      const add = field.locator('.json-schema-form-item-add')
      await inputs.or(add).first().waitFor()
      for (const [index, path] of paths.entries()) {
        if ((await add.count()) > 0 && (await inputs.count()) <= index) await add.click()
        await inputs.nth(index).setInputFiles(path)
      }
    }
    await operation.locator('button.execute').click()
    return shownStatus(operation)
  }

  async function shownStatus(operation: Locator): Promise<string> {
    const answer = operation.locator('.live-responses-table .response')
    await answer.waitFor()
    return answer.locator('.response-col_status').innerText()
  }

  it.each(calls)('sends the example files of %s as they stand, and shows the answer', async (name) => {
    const { page, complaints } = await shared()
    const operation = page.locator(`#operations-Scoring-${name}`)
    const status = await tryOut(operation, files[name])
    expect(status, await operation.locator('.live-responses-table').innerText()).toContain('200')
    expect(complaints).toEqual([])
    // What is open is drawn anew at every click elsewhere.
    await operation.locator('.opblock-summary-control').click()
  })

  it('shows every call that is tried here, and no other that takes files', async () => {
    const { page } = await shared()
    const ids = await page
      .locator('.opblock[id^="operations-Scoring-"]')
      .evaluateAll((blocks) => blocks.map(({ id }) => id))
    expect(ids.sort()).toEqual(calls.map((name) => `operations-Scoring-${name}`).sort())
  })

  it('shows the overlay that was answered, on its pixel grid', async () => {
    const { page, complaints } = await open()
    const operation = page.locator('#operations-Scoring-postOverlay')
    await tryOut(operation, { ground_truth: [truth], prediction: [prediction] })
    const image = operation.locator('.live-responses-table img')
    const width = () => image.evaluate((one) => (one as unknown as { naturalWidth: number }).naturalWidth)
    await expect.poll(width, { timeout: 20_000 }).toBe(384)
    expect(complaints).toEqual([])
  })

  it('shows a refusal with what to do', async () => {
    const { page } = await open()
    const operation = page.locator('#operations-Scoring-postScore')
    const readme = example('../README.md')
    expect(await tryOut(operation, { ground_truth: [truth], prediction: [readme] })).toContain('415')
    expect(await operation.locator('.live-responses-table').innerText()).toContain('"remedy"')
  })

  it('works below a base path', async () => {
    const { page, complaints } = await open({ MASKSCORE_BASE_PATH: '/eval' }, '/eval')
    const operation = page.locator('#operations-Scoring-postScore')
    expect(await tryOut(operation, files.postScore)).toContain('200')
    expect(await operation.locator('.request-url').innerText()).toContain('/eval/v1/score')
    expect(complaints).toEqual([])
  })
})
