import type { TableOptions } from './options.ts'

interface NamedLabel {
  readonly label: number
  readonly name: string
}

/** What labels are called. */
export interface ClassNames {
  /** The caller's own list, ascending by label: per-class rows follow it. */
  readonly listed?: readonly NamedLabel[]
  /** Names from the caller's list, else from the annotations. */
  readonly nameOf: ReadonlyMap<number, string>
}

/**
 * The names of labels: `classes` in either form, else the names that the annotations gave.
 * @param zero the label that class 0 has in the masks, where a document numbers its categories from 0
 */
export function classNames(
  classes: TableOptions['classes'],
  found: ReadonlyMap<number, string> = new Map(),
  zero = 0,
): ClassNames {
  if (classes === undefined) return { nameOf: found }
  const listed = Object.entries(classes)
    .map(([number, name]) => ({ label: Number(number) || zero, name }))
    .sort((a, b) => a.label - b.label)
  return { listed, nameOf: new Map(listed.map(({ label, name }) => [label, name])) }
}

/** The row with the name of its label right behind the label, where the label has a name. */
export function named<Row extends { readonly label: number }>(
  row: Row,
  { nameOf }: ClassNames,
): Row & { readonly name?: string } {
  const name = nameOf.get(row.label)
  if (name === undefined) return row
  const { label, ...scores } = row
  return { label, name, ...scores } as Row & { readonly name: string }
}
