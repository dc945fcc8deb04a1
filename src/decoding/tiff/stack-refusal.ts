import { Refusal } from '../../problems/refusal.ts'
import { areClassPlanes, classPlanesRefusal, maxItems } from '../class-planes.ts'
import type { RawMask } from '../finish-mask.ts'
import type { TiffPage } from './page.ts'
import { photometrics } from './tags.ts'

/**
 * Why a TIFF of several pages is not read as one mask. To score it as a volume is no remedy where its pages are the
 * planes of classes.
 * @param read reads all pages as one volume
 */
export async function stackRefusal(
  pages: readonly TiffPage[],
  read: () => Promise<RawMask>,
): Promise<Refusal> {
  const [{ width, height, samples, photometric }] = pages
  const planes = { planes: pages.length, axis: 'first' } as const
  const small = width * height * pages.length <= maxItems
  if (small && samples === 1 && photometric === photometrics.minIsBlack) {
    const { labels } = (await read()).map
    if (areClassPlanes(labels, planes)) return classPlanesRefusal('The TIFF', planes)
  }
  return new Refusal(
    'MULTI_PAGE',
    `The TIFF holds ${pages.length} pages. Send one, or set \`stack\` to "volume" to score all pages as one volume.`,
  )
}
