import { realpathSync } from 'node:fs'
import type { Limits } from '../../../limits.ts'
import { Refusal } from '../../../problems/refusal.ts'
import type { Listing } from '../listing.ts'
import { ArchiveDraft } from './archive-draft.ts'
import { BlockFile } from './block-file.ts'
import { readTarHeader, tarBlock } from './tar-header.ts'

/** Extended headers hold names and times. */
const maxExtendedBytes = 2 ** 20

/** What an extended header says of the entry behind it. */
interface Extended {
  readonly path?: string
  readonly size?: number
  readonly isSparse?: boolean
}

/**
 * The masks of a tar, indexed in one pass over its headers.
 * @throws Refusal UNSAFE_ARCHIVE (names that lead out of it or stand there twice, links, devices, pipes), ARCHIVE_TOO_LARGE,
 * TOO_MANY_ITEMS, TRUNCATED, CORRUPT
 */
export function listTar(path: string, limits: Limits): Listing {
  const archive = realpathSync(path)
  const file = new BlockFile(archive)
  try {
    const draft = new ArchiveDraft(file.size, limits)
    let next: Extended = {}
    let at = 0
    let headers = 0
    for (;;) {
      const header = readTarHeader(file.read(at, tarBlock), at)
      if (header === undefined) return draft.listing()
      // Four headers an entry are the most that writers use.
      draft.refuseCount(Math.ceil(++headers / 4))
      const content = at + tarBlock
      const isExtended = ['x', 'g', 'L', 'K'].includes(header.type)
      const size = isExtended ? header.size : (next.size ?? header.size)
      if (content + size > file.size)
        throw new Refusal(
          'TRUNCATED',
          `The tar ends before the content of ${JSON.stringify(header.name)} does.`,
        )
      at = content + Math.ceil(size / tarBlock) * tarBlock
      if (isExtended) {
        if (size > maxExtendedBytes)
          throw new Refusal('UNSAFE_ARCHIVE', `The tar has an extended header of ${size} bytes.`)
        next = { ...next, ...readExtended(header.type, file.read(content, size)) }
        continue
      }
      addEntry(
        next.path ?? header.name,
        header.type,
        next.isSparse === true,
        { path: archive, offset: content, bytes: size },
        draft,
      )
      next = {}
    }
  } finally {
    file.close()
  }
}

const kinds: Readonly<Record<string, string>> = {
  '1': 'a link',
  '2': 'a link',
  '3': 'a device',
  '4': 'a device',
  '6': 'a pipe',
}

function addEntry(
  given: string,
  type: string,
  isSparse: boolean,
  range: { path: string; offset: number; bytes: number },
  draft: ArchiveDraft,
): void {
  const isFolder = type === '5' || given.endsWith('/')
  const name = draft.entry(isFolder ? `${given}/` : given)
  const kind = kinds[type]
  if (kind !== undefined) throw draft.refuse(name, `is ${kind}`)
  if (isFolder) return
  if (isSparse || (type !== '0' && type !== '7')) draft.unreadable(name, 'It is no plain file of the tar.')
  else draft.file(name, range.bytes, { type: 'range', ...range })
}

/** pax headers are lines `<length> <key>=<value>`; GNU's `L` is the name itself. */
function readExtended(type: string, content: Buffer): Extended {
  if (type === 'L') return { path: content.toString('utf8').replace(/\0+$/, '') }
  if (type !== 'x') return {}
  const found: { path?: string; size?: number; isSparse?: boolean } = {}
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at)
    const length = Number(content.toString('latin1', at, Math.max(space, at)))
    if (space < 0 || !Number.isInteger(length) || length < space - at + 3 || at + length > content.length)
      throw new Refusal('CORRUPT', 'The tar has an extended header that cannot be read.')
    const record = content.toString('utf8', space + 1, at + length - 1)
    const equals = record.indexOf('=')
    const [key, value] = [record.slice(0, equals), record.slice(equals + 1)]
    if (key === 'path') found.path = value
    if (key === 'size') found.size = sizeOf(value)
    if (key.startsWith('GNU.sparse.')) found.isSparse = true
    at += length
  }
  return found
}

function sizeOf(text: string): number {
  const size = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(size))
    throw new Refusal('CORRUPT', 'The tar has an extended header with a wrong size.')
  return size
}
