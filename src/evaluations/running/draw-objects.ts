import type { TaskRunner } from '../../tasks/runner.ts'
import { type MistakenObjects, pictureKey } from '../reports/detection-review.ts'
import type { NoPicture, Picture } from '../reports/report-input.ts'
import type { ItemRun } from '../rows/score-item.ts'
import type { Items } from '../sources/item.ts'
import { askForPicture } from './ask-for-picture.ts'
import type { ObjectPictureRequest } from './draw-object.ts'

/** Pixels of the longer side. */
const side = 200

interface Drawing {
  /** The manifest. */
  readonly items: Items
  readonly mistaken: MistakenObjects
  readonly run: Pick<ItemRun, 'scoring'>
  readonly runner: TaskRunner
}

/**
 * Draws the largest missed objects and the surest wrong ones in the threads of a runner; by `pictureKey`. An object that cannot
 * be drawn has its reason instead.
 */
export async function drawObjects({
  items,
  mistaken,
  run,
  runner,
}: Drawing): Promise<Map<string, Picture | NoPicture>> {
  const drawn = [...mistaken.missed, ...mistaken.wrong].map(async (object) => {
    const item = items.at(object.index)
    if (!item) throw new RangeError(`the manifest has no item ${object.index}`)
    const { side: of, place } = object
    const value: ObjectPictureRequest = {
      item,
      run,
      object: { side: of, place },
      side,
    }
    return [pictureKey(object), await askForPicture('object_picture', value, runner)] as const
  })
  return new Map(await Promise.all(drawn))
}
