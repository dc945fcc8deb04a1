import { type DatasetSource, filesOf } from '../dataset/dataset-source.ts'

const most = 20

/** The masks of one image in what was dropped, in the order of their names; or why they are none. */
export function masksOf(sources: readonly DatasetSource[]): {
  readonly masks: readonly File[]
  readonly why?: string
} {
  const found = sources.flatMap(filesOf)
  const unreadable = sources.flatMap((source) => (source.kind === 'file' ? [] : source.unreadable))
  const masks = found
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  if (unreadable.length > 0)
    return { masks: [], why: `These cannot be read: ${unreadable.slice(0, 5).join('; ')}.` }
  if (masks.length < 2)
    return {
      masks: [],
      why: `${masks.length === 0 ? 'No mask was' : 'One file was'} dropped. Annotators are compared by two or more masks of one image.`,
    }
  if (masks.length > most)
    return {
      masks: [],
      why: `${masks.length} files were dropped, and at most ${most} are compared. For many images make a run with a manifest that has a column for the annotator.`,
    }
  return { masks }
}
