import type { DetectableObject, DetectableObjects } from '../../annotations/annotated-image.ts'
import type { Warning } from '../../labels/decoded-mask.ts'

/** The objects of one category on both sides, in document order. */
export interface CategoryList {
  readonly category: number
  readonly groundTruth: readonly DetectableObject[]
  readonly prediction: readonly DetectableObject[]
}

interface SharedCategories {
  /** Ascending; with an object on either side. */
  readonly categories: readonly CategoryList[]
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
  const idOfName = new Map<string, number>()
  for (const [id, name] of truth.categories ?? []) if (name !== undefined) idOfName.set(name, id)
  const lists = new Map<number, { groundTruth: DetectableObject[]; prediction: DetectableObject[] }>()
  const listOf = (category: number) => {
    const known = lists.get(category) ?? { groundTruth: [], prediction: [] }
    lists.set(category, known)
    return known
  }
  for (const object of truth.objects) listOf(object.category).groundTruth.push(object)
  const unknown = new Map<string, number>()
  for (const object of prediction?.objects ?? []) {
    const { category: own, categoryName: name } = object
    // Where two categories have one name their numbers tell them apart.
    const isByNumber = name === undefined || idOfName.size === 0 || truth.categories?.get(own) === name
    const category = isByNumber ? own : idOfName.get(name)
    if (category !== undefined && (truth.categories?.has(category) ?? true))
      listOf(category).prediction.push(object)
    else {
      const shown = name ?? String(own)
      unknown.set(shown, (unknown.get(shown) ?? 0) + 1)
    }
  }
  return {
    categories: [...lists].sort(([a], [b]) => a - b).map(([category, list]) => ({ category, ...list })),
    names: namesOf(truth, prediction),
    warnings: [
      ...(unknown.size === 0 ? [] : [unknownCategories(unknown)]),
      ...withoutCategory('ground truth', truth),
      ...(prediction ? withoutCategory('prediction', prediction) : []),
    ],
  }
}

/** Those of the ground truth; without any, those of the prediction. */
function namesOf(...sides: readonly (DetectableObjects | undefined)[]): ReadonlyMap<number, string> {
  for (const side of sides) {
    const names = new Map<number, string>()
    for (const [id, name] of side?.categories ?? []) if (name !== undefined) names.set(id, name)
    if (names.size > 0) return names
  }
  return new Map()
}

/** Objects without a category are all of one kind where no object has one; else it is guessed. */
function withoutCategory(side: string, { objects, categories }: DetectableObjects): Warning[] {
  const bare = objects.filter(({ isUncategorised }) => isUncategorised).length
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
