import type { DetectableObject, DetectableObjects } from '../../annotations/annotated-image.ts'
import type { Warning } from '../../labels/decoded-mask.ts'
import { onFirstUse } from '../on-first-use.ts'

/** The objects of one category on both sides, in document order. */
export interface CategoryList {
  readonly category: number
  readonly groundTruth: readonly DetectableObject[]
  readonly prediction: readonly DetectableObject[]
}

interface SharedCategories {
  /** Ascending; with an object on either side. */
  readonly categories: readonly CategoryList[]
  /** Those of the ground truth; without any, those of the prediction. */
  readonly names: ReadonlyMap<number, string>
  readonly warnings: readonly Warning[]
}

/** How many unknown categories a warning names. */
const maxNamed = 10

/**
 * Sorts the objects of both sides by the categories of the ground truth. Where both documents name their categories names
 * match, else numbers do. Detections of a category that the ground truth's list lacks are left out with a warning.
 */
export function sharedCategories(
  truth: DetectableObjects,
  prediction: DetectableObjects | undefined,
): SharedCategories {
  const { categories: known } = truth
  const idOfName = onFirstUse(() => new Map(Array.from(known ?? [], ([id, name]) => [name, id])))
  const lists = new Map<number, { groundTruth: DetectableObject[]; prediction: DetectableObject[] }>()
  const listOf = (category: number) => {
    const list = lists.get(category) ?? { groundTruth: [], prediction: [] }
    if (list.groundTruth.length + list.prediction.length === 0) lists.set(category, list)
    return list
  }
  for (const object of truth.objects) listOf(object.category).groundTruth.push(object)
  const unknown = new Map<string, number>()
  for (const object of prediction?.objects ?? []) {
    const { category: own, categoryName: name } = object
    // Where two categories have one name their numbers tell them apart.
    const isByNumber = name === undefined || !known || known.get(own) === name
    const category = isByNumber ? own : idOfName().get(name)
    if (category !== undefined && (known?.has(category) ?? true)) listOf(category).prediction.push(object)
    else {
      const shown = name ?? String(own)
      unknown.set(shown, (unknown.get(shown) ?? 0) + 1)
    }
  }
  return {
    categories: Array.from(lists, ([category, { groundTruth, prediction }]) => ({
      category,
      groundTruth,
      prediction,
    })).sort((a, b) => a.category - b.category),
    names: known ?? prediction?.categories ?? new Map(),
    warnings: [
      ...(unknown.size === 0 ? [] : [unknownCategories(unknown)]),
      ...withoutCategory('ground truth', truth),
      ...(prediction ? withoutCategory('prediction', prediction) : []),
    ],
  }
}

/** Objects without a category are all of one kind where no object has one; else it is guessed. */
function withoutCategory(side: string, { objects, categories }: DetectableObjects): Warning[] {
  const bare = objects.reduce((count, { isUncategorised }) => count + Number(isUncategorised ?? false), 0)
  if (bare === 0 || (bare === objects.length && !categories)) return []
  const [{ category }] = objects.filter(({ isUncategorised }) => isUncategorised)
  const message = `${side}: ${bare} objects have no \`category_id\`. They are taken for the category ${category}.`
  return [{ code: 'OBJECTS_WITHOUT_CATEGORY', message }]
}

function unknownCategories(unknown: ReadonlyMap<string, number>): Warning {
  const objects = [...unknown.values()].reduce((sum, count) => sum + count, 0)
  const named = [...unknown.keys()].slice(0, maxNamed).join(', ')
  const more = unknown.size > maxNamed ? `, and ${unknown.size - maxNamed} more` : ''
  return {
    code: 'UNKNOWN_CATEGORIES',
    message: `${objects} detections are of categories that the ground truth does not list (${named}${more}). They are not looked at.`,
  }
}
