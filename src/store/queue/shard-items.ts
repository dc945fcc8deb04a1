import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { manifestName } from '../../evaluations/running/plan-run.ts'
import { itemOfLine } from '../../evaluations/running/stored-item.ts'
import type { Item } from '../../evaluations/sources/item.ts'
import type { BlobFolder } from '../blob-folder.ts'

interface Lines {
  readonly first: number
  readonly count: number
  /** Bytes of the manifest. */
  readonly place: number
  readonly length: number
}

/**
 * The items of a shard, out of the manifest of its run.
 * @throws Error where the manifest does not hold them
 */
export async function shardItems(blobs: BlobFolder, run: string, lines: Lines): Promise<readonly Item[]> {
  const file = await open(join(blobs.run(run), manifestName), 'r')
  try {
    const { buffer, bytesRead } = await file.read(
      Buffer.allocUnsafe(lines.length),
      0,
      lines.length,
      lines.place,
    )
    const texts = buffer.toString('utf8', 0, bytesRead).split('\n').slice(0, -1)
    const items = texts.map((line) => itemOfLine(line, blobs.runs))
    if (items.length !== lines.count || items[0]?.index !== lines.first)
      throw new Error(`the manifest of run ${run} is not the one that was planned`)
    return items
  } finally {
    await file.close()
  }
}
