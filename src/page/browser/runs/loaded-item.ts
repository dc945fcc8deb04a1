import { fileOfRun, itemOf } from '../api/evaluations.ts'
import { problemOf, type ShownProblem } from '../api/shown-problem.ts'
import type { Evaluation, Item } from '../api/types.ts'
import { type LoadedPair, loadPair } from '../pair/loaded-pair.ts'
import type { Match } from '../pair/pair-source.ts'
import { rowFacts } from './row-facts.ts'
import { sourceOfItem } from './source-of-item.ts'

/** An image of a run, with its masks where there is a pair of them. */
export interface LoadedItem {
  readonly item: Item
  readonly pair: LoadedPair | undefined
  readonly photo: ImageBitmap | undefined
  /** Why a photo that there is cannot be shown. */
  readonly noPhoto?: ShownProblem
}

/**
 * An image with its masks, which the service reads once more. Throws as `ask` does.
 * @param onRow is given the row as soon as it is there
 */
export async function loadItem(
  run: Evaluation,
  index: number,
  match: Match | undefined,
  signal: AbortSignal,
  onRow: (item: Item) => void,
): Promise<LoadedItem> {
  const item = await itemOf(run.id, index, signal)
  onRow(item)
  // Where there is no prediction, or none that can be read, there is no pair to show; a volume is none of images.
  const { substituted, depth } = rowFacts(item)
  if (item.status !== 'scored' || substituted || depth !== undefined)
    return { item, pair: undefined, photo: undefined }
  const source = sourceOfItem(run, item)
  const [pair, photo] = await Promise.all([
    loadPair(source, match ?? source.usualMatch, signal),
    run.has_photos ? photoOf(run.id, index, signal) : { photo: undefined },
  ])
  return { item, pair, ...photo }
}

/** An image without a photo, or with one that cannot be shown, is looked at all the same. */
async function photoOf(
  id: string,
  index: number,
  signal: AbortSignal,
): Promise<Pick<LoadedItem, 'photo' | 'noPhoto'>> {
  try {
    return { photo: await createImageBitmap(await fileOfRun(id, `/items/${index}/image`, signal)) }
  } catch (error) {
    if (signal.aborted) throw error
    const noPhoto = problemOf(error)
    return { photo: undefined, ...(noPhoto.problem.code !== 'NOT_FOUND' && { noPhoto }) }
  }
}
