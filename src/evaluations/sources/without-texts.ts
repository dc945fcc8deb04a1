import type { SideOptions } from '../../scoring/request/options.ts'
import type { Listing } from './listing.ts'

/** Only `format` can say that a `.txt` is a mask, as YOLO's are; without it, it is a list or a note and is counted. */
export function withoutTexts(listing: Listing, { format }: Pick<SideOptions, 'format'>): Listing {
  const masks = listing.masks.filter(({ path }) => !/\.txt$/i.test(path))
  const texts = listing.masks.length - masks.length
  if (format !== undefined || texts === 0) return listing
  return {
    ...listing,
    masks,
    junk: { ...listing.junk, 'text file': (listing.junk['text file'] ?? 0) + texts },
  }
}
