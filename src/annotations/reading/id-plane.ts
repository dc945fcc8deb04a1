import type { JsonNode } from '../../json/json-node.ts'
import type { ImageSize } from '../image-size.ts'
import { readPng } from './bitmap.ts'
import { pickFile } from './pick-file.ts'
import type { ReadContext } from './read-context.ts'

export interface Ids extends ImageSize {
  readonly ids: Uint32Array
}

/**
 * Reads the PNG beside a document as one id a pixel: R + 256 G + 65536 B, or the value of a grey image.
 * Alpha is no part of the id, whatever it says. `fileName` says which PNG where there are several.
 */
export async function readIds(
  document: JsonNode,
  context: ReadContext,
  fileName: string | number | undefined,
): Promise<Ids> {
  const { files } = context
  const pngs = files.names.filter((name) => /\.png$/i.test(name))
  if (pngs.length === 0)
    throw document.refuse('needs the PNG with its ids: send it as `image_data` or in one archive')
  const name = pngs.length === 1 ? pngs[0] : pickFile(pngs, 'PNG', fileName)
  const { width, height, channels, data } = await readPng(await files.read(name), document, context)
  const colour = channels > 2
  if (colour && data instanceof Uint16Array)
    throw document.refuse('has a PNG of 16 bits a channel beside it: ids are coded in channels of 8')
  const ids = new Uint32Array(width * height)
  for (let at = 0; at < ids.length; at++) {
    const first = at * channels
    ids[at] = colour ? data[first] + 256 * data[first + 1] + 65536 * data[first + 2] : data[first]
  }
  return { width, height, ids }
}

/** The ids that occur, without 0, which is no segment's. */
export function idsPresent({ ids }: Ids): Set<number> {
  const present = new Set<number>()
  let last = 0
  for (const id of ids) {
    if (id === last) continue
    present.add(id)
    last = id
  }
  present.delete(0)
  return present
}
