import type { TaskRunner } from '../../tasks/runner.ts'
import type { NoPicture, Picture } from '../reports/report-input.ts'
import type { ItemRun } from '../rows/score-item.ts'
import type { Item } from '../sources/item.ts'
import type { Summary } from '../summary/summary.ts'
import type { PictureRequest } from './draw-picture.ts'

/** Most pictures of a report. */
const maxPictures = 48
/** Pixels of the longer side. */
const maxSide = 320

interface Drawing {
  /** The manifest. */
  readonly items: readonly Item[]
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
    return [index, await draw({ item: items[index], run, mode, maxSide }, runner)] as const
  })
  return new Map(await Promise.all(drawn))
}

async function draw(value: PictureRequest, runner: TaskRunner): Promise<Picture | NoPicture> {
  try {
    const { outcome } = await runner.run({
      call: 'picture',
      body: { type: 'data', value },
      isBackground: true,
    })
    if (!outcome.ok) return { problem: outcome.detail }
    const { width = 0, height = 0 } = outcome.facts
    return { png: outcome.body, width, height }
  } catch (error) {
    return { problem: `Drawing it failed: ${(error as Error).message}` }
  }
}
