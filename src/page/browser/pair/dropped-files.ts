/** The files of a drop, and whether a folder was among them, which a browser hands over as a file that cannot be read. */
export function droppedFiles(data: DataTransfer | null): {
  readonly files: File[]
  readonly hasFolder: boolean
} {
  const items = [...(data?.items ?? [])]
  return {
    files: [...(data?.files ?? [])],
    hasFolder: items.some((item) => item.webkitGetAsEntry()?.isDirectory === true),
  }
}

/** Why files that were dropped or chosen are no pair; undefined where they may be one. */
export function whyNoPair(files: readonly File[], hasFolder: boolean): string | undefined {
  if (hasFolder)
    return 'A folder was dropped. This page compares two masks; whole datasets are scored by `npm run evaluate` or `POST /v1/evaluations`.'
  const masks = files.filter(({ type }) => type !== 'image/jpeg')
  if (masks.length > 3 || files.length - masks.length > 1)
    return `${files.length} files were dropped. This page compares two masks, with one photo beside them; whole datasets are scored by \`npm run evaluate\` or \`POST /v1/evaluations\`.`
  return undefined
}
