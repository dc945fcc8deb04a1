/** The entries of a drop. They must be taken while the event lasts: afterwards a browser knows nothing of them. */
export const entriesOf = (data: DataTransfer | null): FileSystemEntry[] =>
  [...(data?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? [])
