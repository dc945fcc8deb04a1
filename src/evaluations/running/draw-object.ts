import { objectCrop } from '../../rendering/object-crop.ts'
import { readPhotoOf, thumbnailPng } from '../../rendering/overlay-png.ts'
import type { ScoringContext } from '../../scoring/context.ts'
import { shownObject } from '../../scoring/shown-object.ts'
import type { ReviewedObject } from '../reports/detection-review.ts'
import type { Picture } from '../reports/report-input.ts'
import { readMasksOfItem } from '../rows/read-masks-of-item.ts'
import { readPhotoOfItem } from '../rows/read-photo-of-item.ts'
import { type ItemRun, optionsOfItem } from '../rows/score-item.ts'
import type { Item } from '../sources/item.ts'

/** What a thread draws: one object of an item with what lies around it. Plain data. */
export interface ObjectPictureRequest {
  readonly item: Item
  readonly run: Pick<ItemRun, 'scoring'>
  readonly object: Pick<ReviewedObject, 'side' | 'place'>
  /** Pixels of the longer side. */
  readonly side: number
}

/** @throws Refusal where a document or the photo cannot be read */
export async function drawObject(
  { item, run, object, side }: ObjectPictureRequest,
  context: ScoringContext,
): Promise<Picture> {
  const scoring = optionsOfItem(item, run)
  const masks = await readMasksOfItem(item, scoring, context)
  const shown = await shownObject(masks, scoring, object, context)
  const kind = object.side === 'ground_truth' ? 'missing' : 'extra'
  const photo = await readPhotoOfItem(item, context)
  const pixels = photo && (await readPhotoOf(shown, photo, context.limits.maxPixels))
  const crop = objectCrop(shown, { kind, side, ...(pixels && { photo: pixels }) })
  return { png: await thumbnailPng(crop), width: crop.width, height: crop.height }
}
