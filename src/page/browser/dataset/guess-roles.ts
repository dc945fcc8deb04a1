import { saysPrediction, saysTruth } from '../pair/choose-sides.ts'
import { type DatasetSource, isTable } from './dataset-source.ts'

/** What a source is for: parts of `POST /v1/evaluations`. */
export const roles = ['ground_truth', 'prediction', 'manifest', 'images', 'unused'] as const
export type Role = (typeof roles)[number]

/** A source and what it is for. */
export interface Placed {
  readonly source: DatasetSource
  readonly role: Role
}

/**
 * A guess which of some sources is what, by their names, else in the order in which they came. A folder of one folder for each
 * side is taken apart.
 */
export function guessRoles(dropped: readonly DatasetSource[]): Placed[] {
  const sources = dropped.length === 1 ? (bothSides(dropped[0]) ?? dropped) : dropped
  const free = new Set<Role>(['ground_truth', 'prediction'])
  const placed = new Map<DatasetSource, Role>()
  const place = (source: DatasetSource | undefined, role: Role) => {
    if (!source) return
    placed.set(source, role)
    free.delete(role)
  }
  const open = () => sources.filter((source) => !placed.has(source))
  if (sources.length > 2)
    place(
      sources.find(({ name }) => isTable(name)),
      'manifest',
    )
  if (open().length > 2)
    place(
      open().find(({ name }) => /^(images?|photos?|rgb)\b/i.test(name)),
      'images',
    )
  place(
    open().find(({ name }) => saysPrediction.test(name)),
    'prediction',
  )
  place(
    open().find(({ name }) => saysTruth.test(name)),
    'ground_truth',
  )
  for (const source of open()) place(source, [...free][0] ?? 'unused')
  return sources.map((source) => ({ source, role: placed.get(source) ?? 'unused' }))
}

/** The two sides that one folder holds in a folder each; undefined where it does not. */
function bothSides(source: DatasetSource): DatasetSource[] | undefined {
  if (source.kind !== 'folder') return undefined
  const tops = new Map<string, { path: string; file: File }[]>()
  for (const { path, file } of source.files) {
    const at = path.indexOf('/')
    const top = path.slice(0, Math.max(0, at))
    if (top === '' && /^\./.test(path)) continue
    tops.set(top, [...(tops.get(top) ?? []), { path: path.slice(at + 1), file }])
  }
  const names = [...tops.keys()]
  const isSplit =
    names.length === 2 &&
    names.some((name) => saysTruth.test(name)) &&
    names.some((name) => saysPrediction.test(name))
  if (!isSplit) return undefined
  return [...tops].map(([name, files], index) => ({
    kind: 'folder',
    name: `${source.name}/${name}`,
    files,
    unreadable: index === 0 ? source.unreadable : [],
  }))
}
