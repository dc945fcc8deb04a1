import type { Warning } from '../../labels/decoded-mask.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { ReadSettings } from '../read-options.ts'
import { chosenOf } from '../volume/chosen-of.ts'
import { chosenImages } from './chosen-images.ts'
import { describedImages } from './described-images.ts'
import type { TiffFile } from './directory.ts'
import { directoryStack } from './directory-stack.ts'
import { fullDirectories, maxPages, tooManyPages } from './full-directories.ts'
import type { ImageAxes } from './image-axes.ts'
import { readPage, type TiffPage } from './page.ts'

/** The pages of a mask, all alike. */
export interface ListedPages {
  readonly pages: readonly TiffPage[]
  /** The first page of the file, which describes all. */
  readonly first: TiffPage
  readonly warnings: readonly Warning[]
  /** The channel was one of several images, and is none of a pixel. */
  readonly isChannelChosen?: boolean
}

/**
 * The pages of a TIFF, without reduced copies and validity masks, and with the images that follow a single directory.
 * `volume` says whether all of them are wanted; of several channels or points in time one is.
 * @throws Refusal MULTI_PAGE when pages differ or lie along several axes, IMAGE_TOO_LARGE for too many, CORRUPT,
 * TRUNCATED, UNSUPPORTED_PIXEL_FORMAT
 */
export function listPages(
  file: TiffFile,
  { volume, ...chosen }: Pick<ReadSettings, 'frame' | 'channelNumber'> & { readonly volume: boolean },
): ListedPages {
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
  if (described === undefined) {
    refuseChoice(chosen)
    return { pages, first, warnings }
  }
  const isOneAxis = described.axes.length === 1
  const hasChannels = described.axes.some(({ kind }) => kind === 'channels')
  const choose = (images: readonly TiffPage[]): ListedPages => ({
    pages: chosenImages(described, chosen).map((image) => images[image]),
    first,
    warnings,
    ...(hasChannels && { isChannelChosen: true }),
  })
  if (pages.length === described.count) return choose(pages)
  if (pages.length > 1) {
    refuseChoice(chosen)
    return {
      pages,
      first,
      warnings: isOneAxis ? warnings : [...warnings, otherCount(described, pages.length)],
    }
  }
  const stack = directoryStack(file, first, described)
  if (stack.images > maxPages) throw tooManyPages(volume)
  if (stack.images === 1) return { pages, first, warnings: [...warnings, ...stack.warnings] }
  return choose(Array.from({ length: stack.images }, (_, i) => ({ ...first, shift: i * stack.stride })))
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

/** Of images that nobody has described there is one point in time. @throws Refusal INVALID_OPTIONS */
const refuseChoice = ({ frame }: Pick<ReadSettings, 'frame'>) =>
  chosenOf(1, frame, { option: 'frame', what: 'The TIFF says nothing of several points in time.' })

const otherCount = ({ writer, count }: ImageAxes, pages: number): Warning => ({
  code: 'IMAGES_MISSING',
  message: `By its description (${writer}) the TIFF holds ${count} images along several axes, but there are ${pages}; they were read as they come. Save the stack anew.`,
})
