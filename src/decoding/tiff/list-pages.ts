import type { Warning } from '../../labels/decoded-mask.ts'
import { Refusal } from '../../problems/refusal.ts'
import { type DescribedImages, describedImages } from './described-images.ts'
import type { TiffFile } from './directory.ts'
import { directoryStack } from './directory-stack.ts'
import { fullDirectories, maxPages, tooManyPages } from './full-directories.ts'
import { readPage, type TiffPage } from './page.ts'

/** The pages of a mask, all alike. */
export interface ListedPages {
  readonly pages: readonly TiffPage[]
  readonly warnings: readonly Warning[]
}

/**
 * The pages of a TIFF, without reduced copies and validity masks, and with the images that follow a single directory.
 * @param volume whether all of them are wanted
 * @throws Refusal MULTI_PAGE when pages differ or lie along several axes, IMAGE_TOO_LARGE for too many, CORRUPT,
 * TRUNCATED, UNSUPPORTED_PIXEL_FORMAT
 */
export function listPages(file: TiffFile, volume: boolean): ListedPages {
  const { directories, warnings } = fullDirectories(file, volume)
  const pages: TiffPage[] = []
  for (const directory of directories) {
    const page = readPage(file, directory)
    pages.push(page)
    refuseOther(page, pages[0], pages.length)
  }
  const [first] = pages
  if (first === undefined) throw new Refusal('CORRUPT', 'The TIFF holds no page.')
  if (first.imageDepth > 1)
    throw new Refusal(
      'MULTI_PAGE',
      `The TIFF holds a volume of ${first.imageDepth} slices in one page (ImageDepth), which is not read.`,
    ).advising('Save the volume with one slice a page.')
  const described = describedImages(file, first)
  if (described === undefined) return { pages, warnings }
  if (pages.length === described.count) refuseHyperstack(described)
  if (pages.length > 1) return { pages, warnings }
  const stack = directoryStack(file, first, described)
  if (stack.images > maxPages) throw tooManyPages(volume)
  if (stack.images > 1) refuseHyperstack(described)
  return {
    pages: Array.from({ length: stack.images }, (_, i) => ({ ...first, shift: i * stack.stride })),
    warnings: [...warnings, ...stack.warnings],
  }
}

const kindOf = ({ width, height, bits, samples, sampleFormat, photometric }: TiffPage) =>
  `${width} x ${height}, ${samples} samples of ${bits} bits, format ${sampleFormat}, photometric ${photometric}`

function refuseOther(page: TiffPage, first: TiffPage, number: number): void {
  if (kindOf(page) !== kindOf(first))
    throw new Refusal(
      'MULTI_PAGE',
      `The pages of the TIFF must be alike: page 1 is ${kindOf(first)}; page ${number} is ${kindOf(page)}.`,
    ).advising('Save the page that holds the mask, or the pages of one volume, as a TIFF of its own.')
}

function refuseHyperstack({ writer, axes }: DescribedImages): void {
  if (axes.length > 1)
    throw new Refusal(
      'MULTI_PAGE',
      `By its description (${writer}) the images of the TIFF lie along several axes (${axes.join(', ')}), which one volume would mix.`,
    ).advising('Save one image, or the slices of one channel and one point in time as a stack of their own.')
}
