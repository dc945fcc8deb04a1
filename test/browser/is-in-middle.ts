import type { Page } from 'playwright-core'
import sharp from 'sharp'

/** Whether the middle of the stage of masks has a colour. */
export async function isInMiddle(page: Page, colour: readonly number[]): Promise<boolean> {
  const stage = page.locator('label-viewer canvas').last()
  const { data, info } = await sharp(await stage.screenshot())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const [x, y] = [info.width >> 1, info.height >> 1]
  const places = [-2, -1, 0, 1, 2].flatMap((down) =>
    [-2, -1, 0, 1, 2].map((right) => (y + down) * info.width + x + right),
  )
  return places.some((at) => colour.every((value, channel) => data[at * info.channels + channel] === value))
}
