import type { ClassNames } from '../../scoring/request/class-list.ts'
import type { Tally } from '../tally/tally.ts'
import { macroBlock } from './macro-block.ts'
import type { ByClassRow, MacroBlock } from './summary.ts'

/** Mean IoU and Dice of each class over the images that hold it, in the order of the list of classes, else by label. */
export function byClassRows({ classes }: Tally, { listed, nameOf }: ClassNames): ByClassRow[] {
  const position = new Map(listed?.map(({ label }, at) => [label, at]))
  const rows = classes.ascending().map(([label, { images, iou, dice }]): ByClassRow => {
    const name = nameOf.get(label)
    const means = { mean_iou: iou.value / images, mean_dice: dice.value / images }
    return { label, ...(name !== undefined && { name }), images, ...means }
  })
  return listed ? rows.sort((a, b) => (position.get(a.label) ?? 0) - (position.get(b.label) ?? 0)) : rows
}

/** Class first, then the mean over classes: the third of the three means of IoU that a dataset has. */
export function classFirstMeans(rows: readonly ByClassRow[]): Record<string, MacroBlock> {
  if (rows.length === 0) return {}
  const block = (name: 'mean_iou' | 'mean_dice') =>
    macroBlock(
      name,
      rows.map((row) => row[name]),
      new Map(),
    )
  return { mean_iou_class_first: block('mean_iou'), mean_dice_class_first: block('mean_dice') }
}
