import type { Warning } from '../../labels/decoded-mask.ts'

/**
 * The names that mask files give their labels, whose numbers are fixed, unlike those of annotations. Where files name one
 * label differently, the first of them counts.
 */
export function fixedNames(masks: readonly (ReadonlyMap<number, string> | undefined)[]): {
  readonly names: ReadonlyMap<number, string>
  readonly warnings: readonly Warning[]
} {
  const names = new Map<number, string>()
  const differing = new Map<number, readonly [string, string]>()
  for (const mask of masks)
    for (const [label, name] of mask ?? []) {
      const known = names.get(label)
      if (known === undefined) names.set(label, name)
      else if (known !== name) differing.set(label, [known, name])
    }
  const [first] = differing
  if (!first) return { names, warnings: [] }
  const [label, [own, other]] = first
  const more = differing.size > 1 ? ` So it is with ${differing.size - 1} more.` : ''
  return {
    names,
    warnings: [
      {
        code: 'NAMES_DIFFER',
        message: `The masks call the label ${label} "${own}" and "${other}". Labels are compared by number.${more}`,
      },
    ],
  }
}
