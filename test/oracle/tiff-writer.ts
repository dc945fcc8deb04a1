/** A tag and its values, none of which leave the tag out; `type` is 3 SHORT (default) or 4 LONG. */
interface NumbersTag {
  readonly tag: number
  readonly values: readonly number[]
  readonly type?: 3 | 4
}

/** A tag of any other type, its values as the bytes that are in the file. */
interface BytesTag {
  readonly tag: number
  readonly type: number
  readonly count: number
  readonly bytes: Uint8Array
}

export type TiffTag = NumbersTag | BytesTag

/** A tag that holds text, which TIFF wants to end in a NUL. */
export const textTag = (tag: number, text: string, end = '\0'): TiffTag => {
  const bytes = Buffer.from(text + end, 'latin1')
  return { tag, type: 2, count: bytes.length, bytes }
}

export interface TiffWriting {
  readonly big?: boolean
  readonly bigEndian?: boolean
  /** Leaves tags in the order in which they are given, the default ones first. */
  readonly unsorted?: boolean
}

export interface TiffPageSpec {
  readonly width: number
  readonly height: number
  /** Blocks of encoded pixels in the file's byte order, strips unless `tile` is given. */
  readonly blocks: readonly Uint8Array[]
  readonly rowsPerStrip?: number
  readonly tile?: readonly [number, number]
  /** More tags, or others for those written by default. */
  readonly tags?: readonly TiffTag[]
}

/** A TIFF of the given pages, for the tests. Tags by default: size, 8 bits, uncompressed, grey, one sample. */
export function writeTiff(
  pages: readonly TiffPageSpec[],
  { big = false, bigEndian = false, unsorted = false }: TiffWriting = {},
) {
  const parts: Buffer[] = []
  let length = big ? 16 : 8
  const place = (bytes: Uint8Array): number => {
    const at = length
    parts.push(Buffer.from(bytes))
    length += bytes.length
    return at
  }
  const integer = (value: number, bytes: 2 | 4 | 8): Buffer => {
    const field = Buffer.alloc(bytes)
    if (bytes === 8) bigEndian ? field.writeBigUInt64BE(BigInt(value)) : field.writeBigUInt64LE(BigInt(value))
    else bigEndian ? field.writeUIntBE(value, 0, bytes) : field.writeUIntLE(value, 0, bytes)
    return field
  }
  const offset = (value: number) => integer(value, big ? 8 : 4)
  const header = Buffer.concat([
    Buffer.from(bigEndian ? 'MM' : 'II'),
    integer(big ? 43 : 42, 2),
    ...(big ? [integer(8, 2), integer(0, 2)] : []),
  ])
  const links: { readonly part: number; readonly at: number }[] = []
  const firsts: number[] = []
  for (const page of pages) {
    const offsets = page.blocks.map(place)
    const tags = [...tagsOf(page, offsets)].filter((tag) => !('values' in tag) || tag.values.length > 0)
    if (!unsorted) tags.sort((a, b) => a.tag - b.tag)
    const inlineBytes = big ? 8 : 4
    const entries = tags.map((entry) => {
      const { type = 3 } = entry
      const [count, data] =
        'bytes' in entry
          ? [entry.count, entry.bytes]
          : [
              entry.values.length,
              Buffer.concat(entry.values.map((value) => integer(value, type === 3 ? 2 : 4))),
            ]
      const inline = Buffer.alloc(inlineBytes)
      if (data.length <= inlineBytes) inline.set(data)
      else inline.set(offset(place(data)))
      return Buffer.concat([integer(entry.tag, 2), integer(type, 2), offset(count), inline])
    })
    const directory = Buffer.concat([integer(entries.length, big ? 8 : 2), ...entries, offset(0)])
    firsts.push(place(directory))
    links.push({ part: parts.length - 1, at: directory.length - inlineBytes })
  }
  links.slice(0, -1).forEach(({ part, at }, i) => {
    parts[part].set(offset(firsts[i + 1]), at)
  })
  return Buffer.concat([header, offset(firsts[0]), ...parts])
}

function tagsOf(page: TiffPageSpec, offsets: readonly number[]): Iterable<TiffTag> {
  const { width, height, blocks, rowsPerStrip = height, tile, tags = [] } = page
  const counts = blocks.map(({ length }) => length)
  const defaults: TiffTag[] = [
    { tag: 256, values: [width], type: 4 },
    { tag: 257, values: [height], type: 4 },
    { tag: 258, values: [8] },
    { tag: 259, values: [1] },
    { tag: 262, values: [1] },
    { tag: 277, values: [1] },
    ...(tile === undefined
      ? [
          { tag: 273, values: offsets, type: 4 as const },
          { tag: 278, values: [rowsPerStrip], type: 4 as const },
          { tag: 279, values: counts, type: 4 as const },
        ]
      : [
          { tag: 322, values: [tile[0]] },
          { tag: 323, values: [tile[1]] },
          { tag: 324, values: offsets, type: 4 as const },
          { tag: 325, values: counts, type: 4 as const },
        ]),
  ]
  return new Map([...defaults, ...tags].map((tag) => [tag.tag, tag])).values()
}
