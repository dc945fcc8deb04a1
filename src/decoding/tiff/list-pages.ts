import type { Limits } from '../../limits.ts'
import { Refusal } from '../../problems/refusal.ts'
import { refuseTooLarge } from '../size-limits.ts'
import type { TiffFile } from './directory.ts'
import { readPage, type TiffPage } from './page.ts'

/** A page and where its directory is. */
export interface PlacedPage {
  readonly offset: number
  readonly page: TiffPage
}

/** Each page is decoded on its own, which costs something however small it is. */
const maxPages = 4096

/**
 * The only page of a TIFF, or with `volume` all pages, which must be alike.
 * @throws Refusal MULTI_PAGE, IMAGE_TOO_LARGE, CORRUPT, TRUNCATED, UNSUPPORTED_PIXEL_FORMAT
 */
export function listPages(file: TiffFile, volume: boolean, limits: Limits): readonly PlacedPage[] {
  const first = pageAt(file, file.first())
  if (!volume && first.page.directory.next !== 0)
    throw new Refusal(
      'MULTI_PAGE',
      'The TIFF holds more than one page. Send one, or set `stack` to "volume" to score all pages as one volume.',
    )
  const pages = [first]
  const seen = new Set([first.offset])
  for (let next = first.page.directory.next; next !== 0; ) {
    if (seen.has(next)) throw new Refusal('CORRUPT', `The pages of the TIFF go in a circle at byte ${next}.`)
    if (pages.length === maxPages)
      throw new Refusal('IMAGE_TOO_LARGE', `The TIFF has more than ${maxPages} pages.`)
    const placed = pageAt(file, next)
    refuseOther(placed.page, first.page, pages.length + 1)
    pages.push(placed)
    refuseTooLarge({ ...sizeOf(first.page), depth: pages.length }, Math.ceil(first.page.bits / 8), limits)
    seen.add(next)
    next = placed.page.directory.next
  }
  return pages
}

function pageAt(file: TiffFile, offset: number): PlacedPage {
  return { offset, page: readPage(file, file.directory(offset)) }
}

const sizeOf = ({ width, height }: TiffPage) => ({ width, height })

const kindOf = ({ width, height, bits, samples, sampleFormat, photometric }: TiffPage) =>
  `${width} x ${height}, ${samples} samples of ${bits} bits, format ${sampleFormat}, photometric ${photometric}`

function refuseOther(page: TiffPage, first: TiffPage, number: number): void {
  if (kindOf(page) !== kindOf(first))
    throw new Refusal(
      'MULTI_PAGE',
      `The pages of a volume must be alike: page 1 is ${kindOf(first)}; page ${number} is ${kindOf(page)}.`,
    )
}
