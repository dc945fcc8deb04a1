import type { Items } from '../../evaluations/sources/item.ts'
import { listFolder } from '../../evaluations/sources/list-folder.ts'
import type { Reader } from '../../evaluations/sources/reader.ts'

/** What Cityscapes and nnU-Net put behind the names of their images. */
const endings = /_(leftImg8bit|0000)$/

/**
 * The photos of items: files of a folder whose path, or the end of it, is the key of an item, or whose name is that of the
 * key. A name that several files or items have is nobody's.
 * @param tell is told how many items have none
 * @throws Refusal NOT_FOUND, TOO_MANY_ITEMS
 */
export function photosOf(
  folder: string,
  items: Items,
  maxItems: number,
  tell: (text: string) => void,
): ReadonlyMap<string, Reader> {
  const byName = new Map<string, Reader | undefined>()
  for (const { stem, reader } of listFolder(folder, maxItems).masks) {
    // A photo goes by its path, and by every end of it.
    const parts = stem.replace(endings, '').split('/')
    for (const start of parts.keys()) {
      const name = parts.slice(start).join('/')
      byName.set(name, byName.has(name) ? undefined : reader)
    }
  }
  const itemsOfName = Map.groupBy(items, ({ key }) => nameOf(key))
  const photos = new Map<string, Reader>()
  for (const { key } of items) {
    const photo =
      byName.get(key) ?? (itemsOfName.get(nameOf(key))?.length === 1 ? byName.get(nameOf(key)) : undefined)
    if (photo) photos.set(key, photo)
  }
  if (photos.size < items.length)
    tell(`${items.length - photos.size} of ${items.length} items have no photo in ${folder}`)
  return photos
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
