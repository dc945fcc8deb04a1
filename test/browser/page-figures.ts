import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'

/** How long the page lets people wait, or how large it is, and what it means to take at most. */
export interface Figure {
  readonly what: string
  readonly value: number
  readonly goal: number
  readonly unit: '' | ' ms' | ' kB' | ' MB'
}

/** What is measured of the page at an address, each part in a page of its own with nothing cached. */
export const measurings: Readonly<
  Record<string, (browser: Browser, address: string) => Promise<readonly Figure[]>>
> = {
  'its first screen': firstScreen,
  'the example': (browser, address) => seen(browser, address, 'the example, dropped to seen', example, 500),
  '2 megapixels': async (browser, address) =>
    seen(browser, address, '2048×1024, 16 bits', await cells(2048, 1024, 200), 800),
  '16 megapixels': large,
}

async function firstScreen(browser: Browser, address: string): Promise<Figure[]> {
  const page = await browser.newPage()
  const sizes: Promise<number>[] = []
  page.on('requestfinished', (request) => sizes.push(request.sizes().then((size) => size.responseBodySize)))
  const start = performance.now()
  await page.goto(address)
  await page.locator('drop-zone h2').waitFor()
  const value = performance.now() - start
  await page.waitForLoadState('networkidle')
  const all = await Promise.all(sizes)
  await page.close()
  const bytes = all.reduce((sum, size) => sum + size, 0)
  return [
    { what: 'first screen, nothing cached', value, goal: 800, unit: ' ms' },
    { what: 'files', value: all.length, goal: 45, unit: '' },
    { what: 'kB sent', value: bytes / 1000, goal: 60, unit: ' kB' },
  ]
}

type MaskFile = Parameters<Page['setInputFiles']>[1]

const example = ['ground-truth.png', 'prediction.png'].map((name) =>
  join(import.meta.dirname, '../../src/page/example', name),
)

/** Square cells with labels of their own, and the same moved by a fifth of a cell. */
async function cells(width: number, height: number, side: number): Promise<MaskFile> {
  const of = async (name: string, shift: number) => {
    const labels = new Uint16Array(width * height)
    for (let y = 0; y < height; y++) {
      const first = 1 + 64 * Math.floor((y + shift) / side)
      for (let x = 0; x < width; x++) labels[y * width + x] = first + Math.floor((x + shift) / side)
    }
    const buffer = await sharp(labels, { raw: { width, height, channels: 1 } })
      .toColourspace('grey16')
      .png({ compressionLevel: 1 })
      .toBuffer()
    return { name, mimeType: 'image/png', buffer }
  }
  return Promise.all([of('truth.png', 0), of('pred.png', Math.round(side / 5))])
}

/** The empty page at an address. */
async function opened(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(address)
  await page.locator('drop-zone h2').waitFor()
  return page
}

/** From the drop until the scores stand there and the masks are drawn. */
async function timeToSee(page: Page, masks: MaskFile): Promise<number> {
  const start = performance.now()
  await page.locator('drop-zone input').setInputFiles(masks)
  await page.locator('score-cards .loss .value').waitFor()
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  return performance.now() - start
}

async function seen(
  browser: Browser,
  address: string,
  what: string,
  masks: MaskFile,
  goal: number,
): Promise<Figure[]> {
  const page = await opened(browser, address)
  const value = await timeToSee(page, masks)
  await page.close()
  return [{ what, value, goal, unit: ' ms' }]
}

/** 16 megapixels of 16 bits: seen, its layers, moving it, and the memory of the page. */
async function large(browser: Browser, address: string): Promise<Figure[]> {
  const masks = await cells(4096, 4096, 100)
  const page = await opened(browser, address)
  const shown = await timeToSee(page, masks)
  const layer = async (key: string) => {
    const start = performance.now()
    await page.keyboard.press(key)
    await page.evaluate('new Promise((done) => requestAnimationFrame(done))')
    return performance.now() - start
  }
  for (const key of '1234') await layer(key)
  const layers: number[] = []
  for (const key of '123412341234') layers.push(await layer(key))
  await page.keyboard.press('3')
  const frame = await panFrame(page)
  const heap = (await page.evaluate('performance.memory.usedJSHeapSize / 1e6')) as number
  await page.close()
  return [
    { what: '4096×4096, 16 bits', value: shown, goal: 3000, unit: ' ms' },
    { what: 'another layer of it', value: quantile(layers, 0.5), goal: 50, unit: ' ms' },
    { what: 'a frame while it is moved, 95th percentile', value: frame, goal: 34, unit: ' ms' },
    { what: 'heap, MB', value: heap, goal: 250, unit: ' MB' },
  ]
}

/** The time from frame to frame while the masks are dragged to and fro. */
async function panFrame(page: Page): Promise<number> {
  const box = await page.locator('label-viewer canvas').boundingBox()
  if (!box) throw new Error('there is no stage')
  await page.evaluate(
    'window.frames_ = []; let last = performance.now(); const tick = () => { const now = performance.now(); frames_.push(now - last); last = now; requestAnimationFrame(tick) }; requestAnimationFrame(tick)',
  )
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (let step = 0; step < 90; step++)
    await page.mouse.move(x + 150 * Math.sin(step / 9), y + 60 * Math.cos(step / 7))
  await page.mouse.up()
  return quantile((await page.evaluate('frames_')) as number[], 0.95)
}

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * values.length)]
