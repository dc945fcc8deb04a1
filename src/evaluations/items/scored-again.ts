import { Refusal } from '../../problems/refusal.ts'
import type { ScoringContext } from '../../scoring/context.ts'
import type { Report } from '../../scoring/report/report.ts'
import { scorePair } from '../../scoring/score.ts'
import type { Picture } from '../reports/report-input.ts'
import type { ItemRow } from '../rows/item-row.ts'
import { fingerprint, type ItemRun, optionsOfItem } from '../rows/score-item.ts'
import { drawPicture, type PictureRequest } from '../running/draw-picture.ts'
import type { Item } from '../sources/item.ts'
import { type Content, readContent } from '../sources/read-content.ts'
import type { Reader } from '../sources/reader.ts'

/** An item whose masks are read once more, and what they were when they were scored. Plain data. */
export interface ItemMasks {
  readonly item: Item
  readonly run: Pick<ItemRun, 'scoring'>
  /** As its row has it. */
  readonly sha256: ItemRow['sha256']
}

export type ItemPicture = ItemMasks & Omit<PictureRequest, keyof ItemMasks>

export interface ItemReport extends ItemMasks {
  /** How many segments are listed, where the options of the run do not say it. */
  readonly segments?: number
  /** Extras beside those of the run. */
  readonly include?: readonly 'contingency'[]
}

/**
 * The report of a pair, computed again.
 * @throws Refusal SOURCE_CHANGED where a file is another one or is gone; PREDICTION_MISSING, and what scoring refuses
 */
export async function reportOfItem(
  { segments, include: extras = [], ...masks }: ItemReport,
  context: ScoringContext,
): Promise<Report> {
  const options = optionsOfItem(masks.item, masks.run)
  const listed = segments === undefined ? [] : (['segments'] as const)
  const include = [...new Set([...options.include, ...listed, ...extras])]
  const scoring = { ...options, include, ...(segments !== undefined && { segments: { top: segments } }) }
  const { report } = await scorePair(await readUnchanged(masks, context), scoring, context)
  return report
}

/** Where the masks of an item differ. @throws Refusal as `reportOfItem` and `drawPicture` */
export async function pictureOfItem(picture: ItemPicture, context: ScoringContext): Promise<Picture> {
  await readUnchanged(picture, context)
  return drawPicture(picture, context)
}

/**
 * The masks of an item, unless they are other ones than when it was scored.
 * @throws Refusal SOURCE_CHANGED, PREDICTION_MISSING
 */
export async function readUnchanged({ item, run, sha256 }: ItemMasks, context: ScoringContext) {
  if (item.prediction === undefined) throw new Refusal('PREDICTION_MISSING', 'No prediction has this key.')
  const { stack, ground_truth, prediction } = optionsOfItem(item, run)
  const [groundTruth, predicted] = [
    await readSide(item.groundTruth, { ...ground_truth, stack }, 'ground truth', sha256[0], context),
    await readSide(item.prediction, { ...prediction, stack }, 'prediction', sha256[1], context),
  ]
  return { groundTruth, prediction: predicted }
}

async function readSide(
  reader: Reader,
  options: Parameters<typeof readContent>[1],
  side: string,
  known: string | null,
  context: ScoringContext,
): Promise<Content> {
  const content = await readContent(reader, options, context).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new Refusal('SOURCE_CHANGED', `The file of the ${side} is gone.`) : error
  })
  // A file that could not be scored was not fingerprinted either: reading it again tells why.
  if (known !== null && known !== fingerprint(content))
    throw new Refusal('SOURCE_CHANGED', `The file of the ${side} has changed since it was scored.`)
  return content
}
