import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { datasetFolder } from '../dataset/folder.ts'
import type { PairSpec } from '../images/pair-spec.ts'

const painted = 16

/**
 * A folder with a few pairs of files and a manifest of many items, which are these files again and again: a million items
 * take no more of the disk than their manifest.
 * @return the folder; the manifest in it is named after the number of items
 */
export async function repeatedPairs(
  name: string,
  spec: PairSpec,
  items: number,
): Promise<{ folder: string; manifest: string }> {
  const folder = datasetFolder(name, spec, painted)
  const manifest = `${items}.ndjson`
  function* lines(): Generator<string> {
    for (let index = 0; index < items; index++) {
      const file = `${String(index % painted).padStart(6, '0')}.png`
      const key = `item-${String(index).padStart(7, '0')}`
      yield `${JSON.stringify({ key, ground_truth: `gt/${file}`, prediction: `pred/${file}` })}\n`
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(join(folder, manifest)))
  return { folder, manifest }
}
