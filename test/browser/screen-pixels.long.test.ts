import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { differenceColours, labelGrey } from '../../src/labels/mask-colours.ts'
import { labelColour } from '../../src/page/browser/masks/label-colours.ts'
import { form } from '../http/service.ts'
import { chromiumPath, whySkipped } from './chromium.ts'
import { Pages } from './pages.ts'

const example = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../examples/pair', `${name}.png`))
const [width, height] = [384, 303]
const codeColours = [
  undefined,
  differenceColours.missing,
  differenceColours.extra,
  differenceColours.confused,
]

/** The planes of the example by JSON, in pieces that are small enough for it. */
async function planesOf(url: string, planes: string[]) {
  const masks = { ground_truth: example('ground-truth'), prediction: example('prediction') }
  const body = form({ ...masks, options: { planes } })
  const response = await fetch(`${url}/v1/labels`, {
    method: 'POST',
    body,
    headers: { accept: 'application/json' },
  })
  const { data } = (await response.json()) as { data: number[][][] }
  return { planes: data.map((rows) => rows.flat()) }
}

describe.skipIf(!chromiumPath)(`pixels on the screen in Chromium${whySkipped}`, () => {
  let pages: Pages
  beforeAll(async () => {
    pages = await Pages.start()
  })
  afterAll(() => pages?.close())

  it.each([
    [1, 1, 'difference'],
    [3, 1, 'ground_truth'],
    [8, 1, 'prediction'],
    [1, 2, 'prediction'],
    [3, 2, 'difference'],
    [8, 2, 'ground_truth'],
  ] as const)(
    'are those of the masks at zoom %i and %i device pixels a pixel: %s',
    async (zoom, ratio, layer) => {
      const hash = `#/pair?layer=${layer}&z=${zoom}&x=256&y=128&example=1`
      const { page, service } = await pages.open('/', { hash, deviceScaleFactor: ratio })
      await page.locator('score-cards .loss .value').waitFor()
      const stage = page.locator('label-viewer canvas')
      const { data, info } = await sharp(await stage.screenshot())
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true })
      const [canvasWidth, canvasHeight] = await stage.evaluate((one) => {
        const { width, height } = one as unknown as { width: number; height: number }
        return [width, height]
      })
      const { planes } = await planesOf(service.url, ['ground_truth', 'prediction', 'difference'])
      await page.close()
      const factor = zoom * ratio
      const colourOf = (pixel: number) => {
        if (layer === 'difference') return codeColours[planes[2][pixel]] ?? labelGrey(planes[0][pixel])
        return labelColour(planes[layer === 'prediction' ? 1 : 0][pixel])
      }
      /** Sampled pixels of the screen that are right and wrong, with the first mask pixel so far from where it is drawn. */
      const compare = (right: number, down: number) => {
        const left = Math.round(canvasWidth / 2 - 256 * factor) + right
        const top = Math.round(canvasHeight / 2 - 128 * factor) + down
        let [same, other] = [0, 0]
        // The corners are round, and the buttons lie on the lower edge.
        for (let y = 16 * ratio; y < info.height - 60 * ratio; y += 7)
          for (let x = 16 * ratio; x < info.width - 16 * ratio; x += 5) {
            const [column, row] = [Math.floor((x - left) / factor), Math.floor((y - top) / factor)]
            if (column < 0 || row < 0 || column >= width || row >= height) continue
            const at = (y * info.width + x) * info.channels
            const colour = colourOf(row * width + column)
            if ([0, 1, 2].every((channel) => data[at + channel] === colour[channel])) same++
            else other++
          }
        return { same, other }
      }
      // Whole pixels decide alone: a picture of the screen may begin a pixel or two before the canvas.
      const shifts = [0, 1, 2].flatMap((right) => [0, 1, 2, 3].map((down) => compare(right, down)))
      const best = shifts.reduce((a, b) => (b.other < a.other ? b : a))
      expect(best.other).toBe(0)
      expect(best.same).toBeGreaterThan(2000)
    },
  )
})
