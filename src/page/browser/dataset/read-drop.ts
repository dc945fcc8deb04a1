import type { DatasetSource, FolderFile } from './dataset-source.ts'

/** Dropped entries with all files below them. A folder or file that cannot be read is named, and not left out in silence. */
export const sourcesOfEntries = (entries: readonly FileSystemEntry[]): Promise<DatasetSource[]> =>
  Promise.all(
    entries.map(async (entry): Promise<DatasetSource> => {
      if (entry.isFile) return { kind: 'file', name: entry.name, file: await fileOf(entry) }
      const [files, unreadable]: [FolderFile[], string[]] = [[], []]
      await readFolder(entry, '', files, unreadable)
      return { kind: 'folder', name: entry.name, files, unreadable }
    }),
  )

/** Files of `<input webkitdirectory>`, whose paths begin with the folder, or of a usual file field. */
export function sourcesOfFiles(files: readonly File[]): DatasetSource[] {
  const folders = new Map<string, FolderFile[]>()
  const sources: DatasetSource[] = []
  for (const file of files) {
    const [folder, ...rest] = file.webkitRelativePath.split('/')
    if (rest.length === 0) sources.push({ kind: 'file', name: file.name, file })
    else folders.set(folder, [...(folders.get(folder) ?? []), { path: rest.join('/'), file }])
  }
  for (const [name, inside] of folders) sources.push({ kind: 'folder', name, files: inside, unreadable: [] })
  return sources
}

async function readFolder(
  folder: FileSystemEntry,
  at: string,
  files: FolderFile[],
  unreadable: string[],
): Promise<void> {
  const reader = (folder as FileSystemDirectoryEntry).createReader()
  try {
    // A browser hands over a hundred at a time, and an empty list at the end.
    for (let batch = await nextBatch(reader); batch.length > 0; batch = await nextBatch(reader))
      for (const entry of batch) {
        const path = at === '' ? entry.name : `${at}/${entry.name}`
        if (entry.isDirectory) await readFolder(entry, path, files, unreadable)
        else
          await fileOf(entry).then(
            (file) => files.push({ path, file }),
            (error: Error) => unreadable.push(`${path}: ${error.message}`),
          )
      }
  } catch (error) {
    unreadable.push(`${at}/: ${(error as Error).message}`)
  }
}

const nextBatch = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> =>
  new Promise((resolve, reject) => reader.readEntries(resolve, reject))

const fileOf = (entry: FileSystemEntry): Promise<File> =>
  new Promise((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
