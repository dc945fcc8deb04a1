import type { Item } from '../api/types.ts'

/** The class with the lowest IoU of an image; undefined where labels are no classes, or all agree. */
export function worstClass(item: Item): { readonly label: number; readonly iou: number } | undefined {
  let worst: { label: number; iou: number } | undefined
  for (const [label, tp, fp, fn] of item.classes) {
    const all = tp + fp + fn
    const iou = all === 0 ? 1 : tp / all
    if (iou < (worst?.iou ?? 1)) worst = { label, iou }
  }
  return worst
}
