/** The files that belong to an annotation's document: the entries of its zip, or the PNG that was sent with it. */
export interface FilesBeside {
  /** Names of the files, folders left out, in the order of the archive. */
  readonly names: readonly string[]
  /** The bytes of one of `names`. Refuses what is larger than one file's limit, and what is damaged. */
  read(name: string): Promise<Uint8Array>
}

export const noFiles: FilesBeside = {
  names: [],
  read: (name) => Promise.reject(new Error(`${name} is not among the files`)),
}

/** The PNG that was sent with a document; it has no name of its own. */
export const onePng = (bytes: Uint8Array): FilesBeside => ({ names: ['image.png'], read: async () => bytes })
