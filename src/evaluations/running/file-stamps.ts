import { statSync } from 'node:fs'
import type { Item } from '../sources/item.ts'
import type { Reader } from '../sources/reader.ts'

/** What tells that the files of an item changed, and that it must be scored again: sizes, times and places of its files. */
export class FileStamps {
  /** Archives hold many items. */
  readonly #archives = new Map<string, string>()

  of({ groundTruth, prediction, key: _key, index: _index, ...rest }: Item): string {
    const sides = [this.#reader(groundTruth), prediction ? this.#reader(prediction) : 'none']
    return [...sides, ...(Object.keys(rest).length > 0 ? [JSON.stringify(rest)] : [])].join(' | ')
  }

  #reader(reader: Reader): string {
    switch (reader.type) {
      case 'file':
        return fileStamp(reader.path)
      case 'zip':
        return `${this.#archive(reader.path)} at ${reader.offset}`
      case 'range':
        return reader.stamp ?? `${this.#archive(reader.path)} at ${reader.offset}`
      case 'zipped':
        return reader.files.map((file) => this.#reader(file.reader)).join(', ')
      case 'masks':
        return reader.parts.map((part) => this.#reader(part)).join(', ')
      case 'beside':
        return `${this.#reader(reader.png)}, ${this.#reader(reader.json)}`
      case 'unreadable':
        return `unreadable: ${reader.reason}`
    }
  }

  #archive(path: string): string {
    const known = this.#archives.get(path) ?? fileStamp(path)
    this.#archives.set(path, known)
    return known
  }
}

function fileStamp(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat ? `${path} ${stat.size} ${stat.mtimeMs}` : `${path} absent`
}
