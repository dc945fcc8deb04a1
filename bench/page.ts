import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { chromiumPath, startChromium } from '../test/browser/chromium.ts'
import { median } from './measure.ts'
import { print } from './output.ts'
import { maskscore } from './service/commands.ts'
import { type RunningServer, startServer } from './service/server-process.ts'
import { type Cell, printTable } from './table.ts'
import { atMost } from './verdict.ts'

const rounds = 3

/** How long the page lets people wait, in Chromium on this machine, and how large it is. */
export async function run(): Promise<void> {
  if (!chromiumPath) {
    print('Chromium is not there: the page is not measured.\n')
    return
  }
  const server = await startServer(maskscore())
  const browser = await startChromium()
  try {
    const rows = [
      ...(await firstScreen(browser, server)),
      await seen(browser, server, 'the example, dropped to seen', await example(server), 500),
      await seen(browser, server, '2048×1024, 16 bits', await cells(2048, 1024, 200), 800),
      ...(await large(browser, server)),
    ]
    printTable({
      title: 'The page',
      reading: `Milliseconds unless said otherwise, medians of ${rounds}; each is meant to be at most its goal.`,
      columns: ['what', 'measured'],
      rows,
    })
  } finally {
    await browser.close()
    await server.stop()
  }
}

type Row = [what: string, measured: Cell]
const address = ({ port }: RunningServer) => `http://127.0.0.1:${port}/`

async function firstScreen(browser: Browser, server: RunningServer): Promise<Row[]> {
  const taken: number[] = []
  let [files, bytes] = [0, 0]
  for (let round = 0; round < rounds; round++) {
    const page = await browser.newPage()
    const sizes: Promise<number>[] = []
    page.on('requestfinished', (request) => sizes.push(request.sizes().then((size) => size.responseBodySize)))
    const start = performance.now()
    await page.goto(address(server))
    await page.locator('drop-zone h2').waitFor()
    taken.push(performance.now() - start)
    await page.waitForLoadState('networkidle')
    const all = await Promise.all(sizes)
    files = all.length
    bytes = all.reduce((sum, size) => sum + size, 0)
    await page.close()
  }
  return [
    ['first screen, nothing cached', atMost(median(taken), 800, ' ms')],
    ['files', atMost(files, 45, '')],
    ['kB sent', atMost(bytes / 1000, 60, ' kB')],
  ]
}

type Masks = readonly [truth: Buffer, prediction: Buffer]

async function example(server: RunningServer): Promise<Masks> {
  const html = await (await fetch(address(server))).text()
  const [, version] = /\.\/page\/([0-9a-f]+)\//.exec(html) ?? []
  const of = async (name: string) =>
    Buffer.from(
      await (await fetch(`${address(server)}page/${version}/src/page/example/${name}.png`)).arrayBuffer(),
    )
  return [await of('ground-truth'), await of('prediction')]
}

/** Square cells with labels of their own, and the same moved by a fifth of a cell. */
async function cells(width: number, height: number, side: number): Promise<Masks> {
  const of = (shift: number) => {
    const labels = Uint16Array.from(
      { length: width * height },
      (_, k) => 1 + Math.floor(((k % width) + shift) / side) + 64 * Math.floor((k / width + shift) / side),
    )
    return sharp(labels, { raw: { width, height, channels: 1 } })
      .toColourspace('grey16')
      .png({ compressionLevel: 3 })
      .toBuffer()
  }
  return [await of(0), await of(Math.round(side / 5))]
}

async function drop(page: Page, [truth, prediction]: Masks): Promise<void> {
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/png', buffer })
  await page
    .locator('drop-zone input')
    .setInputFiles([file('truth.png', truth), file('pred.png', prediction)])
}

/** From the drop until the scores stand there and the masks are drawn. */
async function timeToSee(page: Page, masks: Masks): Promise<number> {
  const start = performance.now()
  await drop(page, masks)
  await page.locator('score-cards .loss .value').waitFor()
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  return performance.now() - start
}

async function seen(
  browser: Browser,
  server: RunningServer,
  what: string,
  masks: Masks,
  goal: number,
): Promise<Row> {
  const taken: number[] = []
  for (let round = 0; round < rounds; round++) {
    const page = await browser.newPage()
    await page.goto(address(server))
    await page.locator('drop-zone h2').waitFor()
    taken.push(await timeToSee(page, masks))
    await page.close()
  }
  return [what, atMost(median(taken), goal, ' ms')]
}

/** 16 megapixels of 16 bits: seen, its layers, moving it, and the memory of the page. */
async function large(browser: Browser, server: RunningServer): Promise<Row[]> {
  const masks = await cells(4096, 4096, 100)
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(address(server))
  await page.locator('drop-zone h2').waitFor()
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
  const frames = await panFrames(page)
  const heap = (await page.evaluate('performance.memory.usedJSHeapSize / 1e6')) as number
  await page.close()
  return [
    ['4096×4096, 16 bits', atMost(shown, 3000, ' ms')],
    ['another layer of it', atMost(median(layers), 50, ' ms')],
    ['a frame while it is moved, 95th percentile', atMost(frames, 34, ' ms')],
    ['heap, MB', atMost(heap, 250, ' MB')],
  ]
}

/** The time from frame to frame while the masks are dragged to and fro. */
async function panFrames(page: Page): Promise<number> {
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
  const frames = (await page.evaluate('frames_')) as number[]
  return frames.sort((a, b) => a - b)[Math.floor(0.95 * frames.length)]
}
