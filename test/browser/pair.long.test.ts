import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { form, post } from '../http/service.ts'
import { chromiumPath, whySkipped } from './chromium.ts'
import { drop } from './drop.ts'
import { Pages } from './pages.ts'

const example = (name: string) => join(import.meta.dirname, '../../examples/pair', name)
const [truth, prediction] = [example('ground-truth.png'), example('prediction.png')]

describe.skipIf(!chromiumPath)(`the page of a pair in Chromium${whySkipped}`, () => {
  let pages: Pages
  beforeAll(async () => {
    pages = await Pages.start()
  })
  afterAll(() => pages?.close())

  const open = (...how: Parameters<Pages['open']>) => pages.open(...how)

  const loss = (page: Page) => page.locator('score-cards .loss .value')
  const choose = (page: Page, files: readonly string[]) =>
    page.locator('drop-zone input[type=file]').setInputFiles([...files])

  it('shows the scores of two files that were dropped, told apart by their names', async () => {
    const { page, complaints, service } = await open()
    await drop(page, [prediction, truth])
    await loss(page).waitFor()
    const masks = { ground_truth: readFileSync(truth), prediction: readFileSync(prediction) }
    const { json } = await post(service, '/v1/score', form(masks))
    expect(await loss(page).getAttribute('title')).toBe(String(json.mi_loss))
    expect(await page.locator('file-strip .name').allInnerTexts()).toEqual([
      'ground-truth.png',
      'prediction.png',
    ])
    expect(await page.locator('map-legend .legend').innerText()).toContain('92.7 % agree by shapes')
    await expect
      .poll(() => page.locator('score-cards .name').nth(2).getAttribute('title'))
      .toMatch(/^Mean IoU: /)
    expect(complaints).toEqual([])
  })

  it('shows in the loss layer a mean that is the variation of information', async () => {
    const { page } = await open('/', { hash: '#/pair?layer=loss&example=1' })
    await loss(page).waitFor()
    expect(await page.locator('map-legend .legend').innerText()).toContain('mean 0.4825 bits')
    const mean = await page.locator('pair-view').evaluate((view) => {
      type Shown = { masks: { losses: { mean: number } }; report: { information: { vi: number } } }
      const { masks, report } = (view as unknown as { pair: Shown }).pair
      return masks.losses.mean - report.information.vi
    })
    expect(Math.abs(mean)).toBeLessThan(1e-12)
  })

  it('is worked by keys alone: layer, segment, zoom, pixel', async () => {
    const { page, complaints } = await open()
    await page.keyboard.press('Tab')
    for (let tabs = 0; tabs < 12; tabs++) {
      const focused = await page.evaluate(
        'let e = document.activeElement; while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement; e?.textContent?.trim()',
      )
      if (focused === 'Try the example') break
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Enter')
    await loss(page).waitFor()
    const pressed = () => page.locator('layer-bar button[aria-pressed=true]').first().innerText()
    await page.keyboard.press('4')
    expect(await pressed()).toContain('Loss')
    await page.keyboard.press('n')
    await page.keyboard.press('n')
    expect(await page.locator('segment-list button[aria-pressed=true]').innerText()).toContain('9.8 %')
    await page.keyboard.press('Enter')
    const readout = page.locator('pixel-readout p')
    await expect.poll(() => readout.innerText()).toMatch(/x \d+ y \d+.*truth.*prediction/s)
    const swatches = async () => [
      await page.locator('pixel-readout colour-swatch').last().getAttribute('colour'),
      await page.locator('segment-list colour-swatch').nth(1).getAttribute('colour'),
    ]
    const colours = await swatches()
    await page.keyboard.press('c')
    await expect.poll(swatches).not.toEqual(colours)
    for (let choice = 0; choice < 5; choice++) await page.keyboard.press('c')
    await expect.poll(swatches).toEqual(colours)
    await page.keyboard.press('0')
    await page.keyboard.press('v')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => readout.innerText()).toMatch(/x \d+ y \d+.*truth.*prediction/s)
    const before = await readout.innerText()
    await page.keyboard.press('Shift+ArrowDown')
    await expect.poll(() => readout.innerText()).not.toBe(before)
    await page.keyboard.press('x')
    await expect.poll(() => page.locator('file-strip .name').first().innerText()).toBe('prediction.png')
    await page.keyboard.press('?')
    const help = page.locator('help-dialog dialog')
    await help.waitFor()
    const keys = await help.locator('kbd').allInnerTexts()
    for (const key of [
      '1',
      '5',
      '←',
      '+',
      '−',
      '0',
      'n',
      'p',
      'j',
      'k',
      'o',
      '[',
      ']',
      's',
      'm',
      'x',
      'c',
      'Enter',
      'Esc',
    ])
      expect(keys).toContain(key)
    await help.getByLabel('These keys work').uncheck()
    await page.keyboard.press('Escape')
    await page.keyboard.press('2')
    expect(await pressed()).toContain('Loss')
    expect(complaints).toEqual([])
  })

  it('mends what an option can mend by a button', async () => {
    const { page } = await open()
    const small = await smallMask()
    await page.locator('drop-zone input[type=file]').setInputFiles([
      { name: 'truth.png', mimeType: 'image/png', buffer: readFileSync(truth) },
      { name: 'pred.png', mimeType: 'image/png', buffer: small },
    ])
    const box = page.locator('problem-box section')
    await box.waitFor()
    await expect.poll(() => box.innerText()).toContain('SIZE_MISMATCH')
    await box.getByRole('button', { name: 'Resize the prediction' }).click()
    await loss(page).waitFor()
    expect(await page.locator('warning-list section').innerText()).toContain('RESIZED')
  })

  it('asks for a key where the service wants one, once for all screens, and keeps it out of the address', async () => {
    const { page } = await open('/', {}, { MASKSCORE_KEYS: 'ann:0123456789abcdef' })
    await choose(page, [truth, prediction])
    await page.locator('problem-box').waitFor()
    await page.evaluate("location.hash = '#/runs'")
    await page.locator('runs-screen problem-box').getByRole('button', { name: 'Enter a key' }).click()
    const use = page.getByRole('button', { name: 'Use this key' })
    await page.getByLabel('Key', { exact: true }).fill('ключ')
    await use.click()
    await page.getByLabel('Key', { exact: true }).fill(' 0123456789abcdef ')
    await use.click()
    await expect.poll(() => page.locator('runs-screen', { hasText: 'UNAUTHENTICATED' }).count()).toBe(0)
    await page.evaluate("location.hash = '#/pair'")
    await loss(page).waitFor()
    expect(page.url()).not.toContain('0123456789abcdef')
  })

  it('tells how much was sent, and can be stopped and begun again', async () => {
    const { page } = await open()
    const session = await page.context().newCDPSession(page)
    const line = (uploadThroughput: number) =>
      session.send('Network.emulateNetworkConditions', {
        ...{ offline: false, latency: 0, downloadThroughput: -1, uploadThroughput },
      })
    await line(100_000)
    // Noise does not get smaller: 400 kB on a line of 100 kB a second.
    const noise = await sharp(
      Buffer.from(Array.from({ length: 500 * 400 }, (_, at) => ((at * 7919) % 251) ^ (at >> 5))),
      { raw: { width: 500, height: 400, channels: 1 } },
    )
      .toColourspace('b-w')
      .png()
      .toBuffer()
    const file = (name: string) => ({ name, mimeType: 'image/png', buffer: noise })
    await page.locator('drop-zone input[type=file]').setInputFiles([file('gt.png'), file('pred.png')])
    const progress = page.locator('scoring-progress .card')
    await expect.poll(() => progress.innerText(), { timeout: 15_000 }).toMatch(/Sending…\s*[1-9]\d* %/)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(() => page.locator('problem-box h2').innerText()).toBe('Cancelled')
    await line(-1)
    await page.getByRole('button', { name: 'Try again' }).click()
    await loss(page).waitFor()
    expect(await loss(page).innerText()).toBe('0.0000')
  })

  it('opens by its link as it was seen', async () => {
    const { page } = await open()
    await choose(page, [truth, prediction])
    await loss(page).waitFor()
    await page.keyboard.press('4')
    await page.keyboard.press('+')
    const link = page.url()
    expect(link).toMatch(/layer=loss.*z=.*gt=6aae9ca3&pr=ba1c9415/)
    const again = await open('/', { hash: new URL(link).hash })
    expect(await again.page.locator('drop-zone .note').innerText()).toContain('Drop the same two files')
    await choose(again.page, [truth, prediction])
    await loss(again.page).waitFor()
    await expect.poll(() => new URL(again.page.url()).hash).toBe(new URL(link).hash)
    const other = await open('/', { hash: new URL(link).hash })
    await choose(other.page, [prediction, truth].toReversed().with(1, truth))
    await loss(other.page).waitFor()
    expect(await other.page.locator('warning-list section').innerText()).toContain('OTHER_FILES')
  })

  it('opens a link beside which the files are there already, and asks for others where it is about others', async () => {
    const { page } = await open()
    await choose(page, [truth, prediction])
    await loss(page).waitFor()
    await page.keyboard.press('1')
    const link = new URL(page.url()).hash.replace(/layer=\w+/, 'layer=loss')
    await page.evaluate(`location.hash = ${JSON.stringify(link)}`)
    await page.locator('button[aria-pressed=true]', { hasText: 'Loss' }).waitFor()
    await loss(page).waitFor()
    expect(new URL(page.url()).hash).toBe(link)
    await page.evaluate(`location.hash = ${JSON.stringify(link.replace('gt=6aae9ca3', 'gt=00000000'))}`)
    await expect.poll(() => page.locator('drop-zone .note').innerText()).toContain('Drop the same two files')
    expect(await loss(page).count()).toBe(0)
  })

  it('tells that too many files are no pair', async () => {
    const { page } = await open()
    await choose(page, [truth, truth, truth, prediction])
    const detail = page.locator('problem-box p').first()
    await expect.poll(() => detail.innerText()).toContain('4 files were dropped')
    await choose(page, [truth, prediction])
    await loss(page).waitFor()
    expect(await page.locator('problem-box').count()).toBe(0)
  })

  it('tells of a photo that cannot be read, and of a mask that was removed after it was dropped', async () => {
    const { page } = await open()
    const folder = mkdtempSync(join(tmpdir(), 'maskscore-drop-'))
    const [pred, photo] = [join(folder, 'pred.png'), join(folder, 'photo.jpg')]
    copyFileSync(prediction, pred)
    writeFileSync(photo, 'no photo')
    await drop(page, [truth, pred, photo])
    await loss(page).waitFor()
    expect(await page.locator('warning-list section').innerText()).toContain('PHOTO_UNREAD')
    rmSync(pred)
    await page.keyboard.press('m')
    await page.locator('problem-box', { hasText: 'pred.png was changed or removed' }).waitFor()
    copyFileSync(prediction, pred)
    await drop(page, [pred])
    await page.locator('problem-box').waitFor({ state: 'detached' })
    await loss(page).waitFor()
    rmSync(folder, { recursive: true })
    await page.close()
  })

  it('works below a path, and asks nobody else', async () => {
    const { page, complaints } = await open('/eval/', {}, { MASKSCORE_BASE_PATH: '/eval' })
    await page.getByRole('button', { name: 'Try the example' }).click()
    await loss(page).waitFor()
    expect(complaints).toEqual([])
  })

  it('shows hostile names as text', async () => {
    const { page, complaints } = await open()
    const name = '<img src=x onerror=alert(1)>"; touch $(id) \'.png'
    await page.locator('drop-zone input[type=file]').setInputFiles([
      { name, mimeType: 'image/png', buffer: readFileSync(truth) },
      { name: `pred ${name}`, mimeType: 'image/png', buffer: readFileSync(prediction) },
    ])
    await loss(page).waitFor()
    expect(await page.locator('file-strip .name').first().innerText()).toBe(name)
    expect(await page.locator('img').count()).toBe(0)
    expect(complaints).toEqual([])
  })
})

const smallMask = () =>
  sharp(new Uint8Array(192 * 152), { raw: { width: 192, height: 152, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer()
