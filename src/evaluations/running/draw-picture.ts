import { smallOverlayPng, thumbnailPng } from '../../rendering/overlay-png.ts'
import { thumbnail } from '../../rendering/thumbnail.ts'
import type { ScoringContext } from '../../scoring/context.ts'
import { overlayPair } from '../../scoring/overlay.ts'
import type { Picture } from '../reports/report-input.ts'
import { readMasksOfItem } from '../rows/read-masks-of-item.ts'
import { readPhotoOfItem } from '../rows/read-photo-of-item.ts'
import { type ItemRun, optionsOfItem } from '../rows/score-item.ts'
import type { Item } from '../sources/item.ts'

/** What a thread draws, over the photo of the item where it has one: where its masks differ, or what causes the loss. Plain data. */
export interface PictureRequest {
  readonly item: Item
  readonly run: Pick<ItemRun, 'scoring'>
  readonly mode: 'difference' | 'segments' | 'loss'
  /** How labels are matched; by their names unless it is said. */
  readonly match?: 'names' | 'shapes'
  /** Most pixels of the longer side. */
  readonly maxSide: number
}

/** @throws Refusal where a mask is missing, cannot be read, or is a volume */
export async function drawPicture(
  { item, run, mode, match = 'names', maxSide }: PictureRequest,
  context: ScoringContext,
): Promise<Picture> {
  const scoring = optionsOfItem(item, run)
  const masks = await readMasksOfItem(item, scoring, context)
  const { overlay } = await overlayPair(masks, { mode, match, ...scoring }, context)
  const photo = await readPhotoOfItem(item, context)
  if (photo) return smallOverlayPng({ ...overlay, photo }, maxSide, context.limits.maxPixels)
  const small = thumbnail(overlay, maxSide)
  return { png: await thumbnailPng(small), width: small.width, height: small.height }
}
