import type { TaskRunner } from '../../tasks/runner.ts'
import type { NoPicture, Picture } from '../reports/report-input.ts'
import type { ItemRun } from '../rows/score-item.ts'
import type { Items } from '../sources/item.ts'
import type { Summary } from '../summary/summary.ts'
import { askForPicture } from './ask-for-picture.ts'

/** Most pictures of a report. */
const maxPictures = 48
/** Pixels of the longer side. */
const maxSide = 320

interface Drawing {
  /** The manifest. */
  readonly items: Items
  readonly summary: Pick<Summary, 'worst' | 'labels'>
  readonly run: Pick<ItemRun, 'scoring'>
  readonly runner: TaskRunner
}

/** Draws the worst items in the threads of a runner. An item that cannot be drawn has its reason instead. */
export async function drawWorst({
  items,
  summary,
  run,
  runner,
}: Drawing): Promise<Map<number, Picture | NoPicture>> {
  const mode = summary.labels === 'objects' ? 'segments' : 'difference'
  const drawn = summary.worst.slice(0, maxPictures).map(async ({ index }) => {
    const item = items.at(index)
    if (!item) throw new RangeError(`the manifest has no item ${index}`)
    return [index, await askForPicture('picture', { item, run, mode, maxSide }, runner)] as const
  })
  return new Map(await Promise.all(drawn))
}
