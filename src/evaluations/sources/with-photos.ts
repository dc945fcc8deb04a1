import { PackedList } from '../packed-list.ts'
import type { Item, Items } from './item.ts'
import { type Listing, stemOf } from './listing.ts'
import type { Reader } from './reader.ts'

/** What Cityscapes and nnU-Net put behind the names of their images. */
const endings = /_(leftImg8bit|0000)$/

/**
 * Items with their photos: files of a source whose path, or the end of it, is the key of an item, or whose name is that of the
 * key. A name that several files or items have is nobody's.
 * @return also how many items have none
 */
export function withPhotos(
  items: Items,
  { masks: files }: Pick<Listing, 'masks'>,
): { readonly items: Items; readonly without: number } {
  const byName = new Map<string, Reader | undefined>()
  for (const file of files) {
    const { reader } = file
    // A photo goes by its path, and by every end of it.
    const parts = stemOf(file).replace(endings, '').split('/')
    for (const start of parts.keys()) {
      const name = parts.slice(start).join('/')
      byName.set(name, byName.has(name) ? undefined : reader)
    }
  }
  const itemsOfName = new Map<string, number>()
  for (const { key } of items) itemsOfName.set(nameOf(key), (itemsOfName.get(nameOf(key)) ?? 0) + 1)
  const photographed = new PackedList<Item>()
  let without = 0
  for (const item of items) {
    const name = nameOf(item.key)
    const photo = byName.get(item.key) ?? (itemsOfName.get(name) === 1 ? byName.get(name) : undefined)
    if (!photo) without++
    photographed.push({ ...item, ...(photo && { photo }) })
  }
  return { items: photographed, without }
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
