import { Refusal } from '../../problems/refusal.ts'
import type { ScoringContext } from '../../scoring/context.ts'
import type { Item } from '../sources/item.ts'
import { readContent } from '../sources/read-content.ts'

/**
 * The bytes of the photo of an item; undefined where it has none.
 * @throws Refusal UNREADABLE_FILE, and those of `readContent`
 */
export async function readPhotoOfItem(
  { photo }: Pick<Item, 'photo'>,
  context: ScoringContext,
): Promise<Uint8Array | undefined> {
  if (!photo) return undefined
  try {
    return (await readContent(photo, {}, context)).bytes
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof Refusal || code === undefined) throw error
    throw new Refusal('UNREADABLE_FILE', `The photo cannot be read: ${code}.`)
  }
}
