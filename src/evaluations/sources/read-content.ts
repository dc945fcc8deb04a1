import { Refusal } from '../../problems/refusal.ts'
import type { ScoringContext } from '../../scoring/context.ts'
import type { MaskOptions } from '../../scoring/masks/open-mask.ts'
import type { MaskInput } from '../../scoring/request/mask-input.ts'
import { paintObjects } from './paint-objects.ts'
import { readBytes } from './read-bytes.ts'
import { isFileReader, type Reader } from './reader.ts'
import { storedZip } from './stored-zip.ts'

/** One mask of an item, read and not decoded yet: a file, as `POST /v1/score` takes it. */
export type Content = Extract<MaskInput, { readonly kind: 'file' }>

/**
 * Reads what a reader stands for.
 * @param options how the single masks of an object folder are decoded
 * @throws Refusal, or an error of the system with its code where a file cannot be opened
 */
export async function readContent(
  reader: Reader,
  options: MaskOptions,
  { limits }: Pick<ScoringContext, 'limits'>,
): Promise<Content> {
  const bytesOfPart = (part: Reader): Uint8Array => {
    if (!isFileReader(part)) throw new TypeError(`${part.type} is no single file`)
    if (part.type === 'unreadable') throw new Refusal('UNREADABLE_FILE', part.reason)
    const bytes = readBytes(part, limits.maxFileBytes)
    // An .npz is a zip of arrays.
    if (part.type !== 'file' && !options.probabilities && isZip(bytes))
      throw new Refusal('UNSUPPORTED_FORMAT', 'It is an archive within the archive, which stays closed.')
    return bytes
  }
  if (reader.type === 'masks')
    return {
      kind: 'file',
      bytes: await paintObjects(
        reader.parts.map((part) => () => bytesOfPart(part)),
        options,
        limits,
      ),
    }
  if (reader.type === 'zipped') {
    const files = reader.files.map((part) => ({ name: part.name, bytes: bytesOfPart(part.reader) }))
    return { kind: 'file', bytes: storedZip(files) }
  }
  if (reader.type === 'beside')
    return { kind: 'file', bytes: bytesOfPart(reader.png), sidecar: bytesOfPart(reader.json) }
  return { kind: 'file', bytes: bytesOfPart(reader) }
}

const isZip = (bytes: Uint8Array): boolean => Buffer.from('PK\x03\x04').equals(bytes.subarray(0, 4))
