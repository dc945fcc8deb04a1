import { Refusal } from '../../problems/refusal.ts'
import { photoJpeg } from '../../rendering/overlay-png.ts'
import type { ScoringContext } from '../../scoring/context.ts'
import type { ItemRow } from '../rows/item-row.ts'
import { readPhotoOfItem } from '../rows/read-photo-of-item.ts'
import type { Item } from '../sources/item.ts'

/** The photo of an item to be shown. Plain data. */
export interface ItemPhoto {
  readonly item: Pick<Item, 'photo' | 'index'>
  /** Of the masks, as the row has it: 0 where they could not be read. */
  readonly size: Pick<ItemRow, 'width' | 'height'>
  /** Most pixels of the longer side. */
  readonly maxSide: number
}

/** @throws Refusal NOT_FOUND where it has none, and those of `readPhotoOfItem` and `photoJpeg` */
export async function photoOfItem(
  { item, size, maxSide }: ItemPhoto,
  context: ScoringContext,
): Promise<Uint8Array> {
  const photo = await readPhotoOfItem(item, context)
  if (!photo)
    throw new Refusal('NOT_FOUND', `The evaluation has no photo of item ${item.index}.`).advising(
      'Send photos as `images` with the evaluation, named as the items.',
    )
  return photoJpeg(photo, size.width > 0 ? size : undefined, maxSide, context.limits.maxPixels)
}
