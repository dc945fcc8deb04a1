import { smallOverlayPng, thumbnailPng } from '../../rendering/overlay-png.ts'
import { thumbnail } from '../../rendering/thumbnail.ts'
import type { ScoringContext } from '../../scoring/context.ts'
import { overlayPair } from '../../scoring/overlay.ts'
import type { Picture } from '../reports/report-input.ts'
import { readMasksOfItem } from '../rows/read-masks-of-item.ts'
import { type ItemRun, optionsOfItem } from '../rows/score-item.ts'
import type { Item } from '../sources/item.ts'
import { readContent } from '../sources/read-content.ts'
import type { Reader } from '../sources/reader.ts'

/** What a thread draws: where the masks of an item differ, or which of its objects cause the loss. Plain data. */
export interface PictureRequest {
  readonly item: Item
  /** What the masks are drawn over; a picture without it shows the labels. */
  readonly photo?: Reader
  readonly run: Pick<ItemRun, 'scoring'>
  readonly mode: 'difference' | 'segments' | 'loss'
  /** How labels are matched; by their names unless it is said. */
  readonly match?: 'names' | 'shapes'
  /** Most pixels of the longer side. */
  readonly maxSide: number
}

/** @throws Refusal where a mask is missing, cannot be read, or is a volume */
export async function drawPicture(
  { item, photo, run, mode, match = 'names', maxSide }: PictureRequest,
  context: ScoringContext,
): Promise<Picture> {
  const scoring = optionsOfItem(item, run)
  const masks = await readMasksOfItem(item, scoring, context)
  const { overlay } = await overlayPair(masks, { mode, match, ...scoring }, context)
  if (photo) {
    const { bytes } = await readContent(photo, {}, context)
    return smallOverlayPng({ ...overlay, photo: bytes }, maxSide, context.limits.maxPixels)
  }
  const small = thumbnail(overlay, maxSide)
  return { png: await thumbnailPng(small), width: small.width, height: small.height }
}
