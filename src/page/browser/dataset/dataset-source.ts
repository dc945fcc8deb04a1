/** A file below a folder. */
export interface FolderFile {
  /** Below the folder, with `/`. */
  readonly path: string
  readonly file: File
}

/** One thing that was dropped or chosen: a folder with all files below it, or a file. */
export type DatasetSource =
  | {
      readonly kind: 'folder'
      readonly name: string
      readonly files: readonly FolderFile[]
      /** What the browser could not read, with why. */
      readonly unreadable: readonly string[]
    }
  | { readonly kind: 'file'; readonly name: string; readonly file: File }

/** Bytes that would be sent. */
export const bytesOf = (source: DatasetSource): number =>
  filesOf(source).reduce((sum, { size }) => sum + size, 0)

export const filesOf = (source: DatasetSource): readonly File[] =>
  source.kind === 'file' ? [source.file] : source.files.map(({ file }) => file)

export const isArchive = (name: string): boolean => /\.(zip|tar|tgz|tar\.gz)$/i.test(name)
export const isVolume = (name: string): boolean => /\.(nii|nii\.gz|nrrd|mha)$/i.test(name)
export const isTable = (name: string): boolean => /\.(csv|tsv|ndjson)$/i.test(name)
