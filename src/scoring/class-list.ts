import type { TableOptions } from './options.ts'

export interface NamedLabel {
  readonly label: number
  readonly name: string
}

/** `classes` in either form → list in ascending order of labels; undefined when the caller named none. */
export function classList(classes: TableOptions['classes']): NamedLabel[] | undefined {
  if (classes === undefined) return undefined
  if (Array.isArray(classes)) return classes.map((name, label) => ({ label, name }))
  return Object.entries(classes)
    .map(([label, name]) => ({ label: Number(label), name }))
    .sort((a, b) => a.label - b.label)
}
