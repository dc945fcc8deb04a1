import { type ShownProblem, wrongFiles } from '../api/shown-problem.ts'
import { isArchive, isVolume } from '../dataset/dataset-source.ts'

/** Whether what was dropped or chosen is a dataset and no pair: folders, archives, volumes. */
export const isDataset = (
  files: readonly { readonly name: string }[],
  entries: readonly { readonly isDirectory: boolean }[] = [],
): boolean =>
  entries.some(({ isDirectory }) => isDirectory) ||
  files.some(({ name }) => isArchive(name) || isVolume(name))

export const noPhoto = ({ name }: { readonly name: string }): ShownProblem =>
  wrongFiles(`${name} is no photo that this browser can show.`, 'Drop the photo as JPEG or PNG.')

/** Why slices that are to be one volume are not shown: the service scores them, and has no picture of them. */
export const noVolume: ShownProblem = wrongFiles(
  'A volume is no pair of images: this screen cannot draw it.',
  'Score it as a run: drop both files on New run, under Runs, and write `{"stack": "volume"}` among its other options.',
)

/** Why files that were dropped or chosen are no pair; undefined where they may be one. */
export function noPair(files: readonly File[]): ShownProblem | undefined {
  if (files.length === 0)
    return wrongFiles('No file was dropped.', 'Drop two masks, or the two folders that they are in.')
  const masks = files.filter(({ type }) => type !== 'image/jpeg')
  if (masks.length > 3 || files.length - masks.length > 1)
    return wrongFiles(
      `${files.length} files were dropped. This screen compares two masks, with one photo beside them.`,
      'Drop two masks, or the two folders that they are in: then they are a dataset.',
    )
  return undefined
}
