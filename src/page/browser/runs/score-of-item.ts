import type { Item } from '../api/types.ts'

/**
 * A score of an image. `iou` and `dice` are those of a class, from its counts.
 * @param label the class
 * @returns null where it has none
 */
export function scoreOfItem({ scores, classes }: Item, name: string, label?: number): number | null {
  if (name !== 'iou' && name !== 'dice') return scores[name] ?? null
  const [, tp = 0, fp = 0, fn = 0] = classes.find((row) => row[0] === label) ?? []
  const weight = name === 'dice' ? 2 : 1
  const all = weight * tp + fp + fn
  return all === 0 ? null : (weight * tp) / all
}
