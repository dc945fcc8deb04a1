/** What somebody wants of a new run beside its files: the fields of the form, as text. */
export interface RunWishes {
  readonly name: string
  /** A stored ground truth; empty: it was dropped. */
  readonly dataset: string
  readonly labels: 'auto' | 'classes' | 'objects'
  readonly on_missing: 'fail' | 'skip' | 'empty'
  readonly match_gt: string
  readonly match_pred: string
  readonly group_by: string
  /** Columns of a manifest, apart by commas. */
  readonly by: string
  /** Other options, as JSON. */
  readonly others: string
}

export const noWishes: RunWishes = {
  name: '',
  dataset: '',
  labels: 'auto',
  on_missing: 'fail',
  match_gt: '',
  match_pred: '',
  group_by: '',
  by: '',
  others: '',
}

/**
 * The options of an evaluation: what is as by default is left out.
 * @throws Error for other options that are no JSON object
 */
export function optionsOfWishes(wishes: RunWishes): Record<string, unknown> {
  const options = othersOf(wishes.others)
  if (wishes.labels !== 'auto') options.labels = wishes.labels
  if (wishes.on_missing !== 'fail') options.on_missing = wishes.on_missing
  for (const key of ['match_gt', 'match_pred', 'group_by'] as const)
    if (wishes[key].trim() !== '') options[key] = wishes[key].trim()
  const columns = wishes.by.split(',').map((column) => column.trim())
  const by = columns.filter((column) => column !== '')
  if (by.length > 0) options.by = by
  return options
}

function othersOf(text: string): Record<string, unknown> {
  if (text.trim() === '') return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Error(`The other options are no JSON: ${(error as Error).message}.`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('The other options are no JSON object.')
  return { ...value }
}
