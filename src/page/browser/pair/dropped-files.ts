import { isArchive, isVolume } from '../dataset/dataset-source.ts'

/** Whether what was dropped or chosen is a dataset and no pair: folders, archives, volumes. */
export const isDataset = (
  files: readonly { readonly name: string }[],
  entries: readonly { readonly isDirectory: boolean }[] = [],
): boolean =>
  entries.some(({ isDirectory }) => isDirectory) ||
  files.some(({ name }) => isArchive(name) || isVolume(name))

/** Why files are not taken, and what to drop instead. */
type WhyNot = readonly [why: string, remedy: string]

export const whyNoPhoto = ({ name }: { readonly name: string }): WhyNot => [
  `${name} is no photo that this browser can show.`,
  'Drop the photo as JPEG or PNG.',
]

/** Why files that were dropped or chosen are no pair; undefined where they may be one. */
export function whyNoPair(files: readonly File[]): WhyNot | undefined {
  const masks = files.filter(({ type }) => type !== 'image/jpeg')
  if (masks.length > 3 || files.length - masks.length > 1)
    return [
      `${files.length} files were dropped. This screen compares two masks, with one photo beside them.`,
      'Drop two masks, or the two folders that they are in: then they are a dataset.',
    ]
  return undefined
}
