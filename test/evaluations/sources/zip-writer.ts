import { crc32, deflateRawSync } from 'node:zlib'

/** An entry of a zip; what it says of itself may be a lie. */
export interface ZipEntry {
  readonly name: string | Uint8Array
  readonly content?: Uint8Array | string
  readonly method?: number
  /** Bits of the general-purpose flag, beside that of UTF-8. */
  readonly flags?: number
  /** Of a Unix file, such as 0o120777 for a link. */
  readonly mode?: number
  readonly madeBy?: number
  /** Uncompressed size in the directory. */
  readonly size?: number
  readonly compressedSize?: number
  readonly offset?: number
  readonly crc?: number
  /** Sizes and offset stand in an extra field of zip64. */
  readonly zip64?: boolean
}

interface ZipOptions {
  readonly before?: Uint8Array
  /** Entries that the end of the directory claims. */
  readonly count?: number
  readonly comment?: string
  readonly zip64End?: { readonly count?: bigint; readonly offset?: bigint }
}

const utf8 = 0x800

export function writeZip(
  entries: readonly ZipEntry[],
  { before, count, comment = '', zip64End }: ZipOptions = {},
): Buffer {
  const locals: Buffer[] = before ? [Buffer.from(before)] : []
  const directory: Buffer[] = []
  let at = before?.length ?? 0
  for (const entry of entries) {
    const { content = '', method = 8, flags = 0, mode = 0o100644, madeBy = 3, zip64 = false } = entry
    const name = Buffer.from(entry.name)
    const plain = Buffer.from(content)
    const stored = method === 8 ? deflateRawSync(plain) : plain
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50)
    local.writeUInt16LE(flags | utf8, 6)
    local.writeUInt16LE(method, 8)
    local.writeUInt16LE(name.length, 26)
    locals.push(local, name, stored)
    const size = entry.size ?? plain.length
    const bytes = entry.compressedSize ?? stored.length
    const offset = entry.offset ?? at
    const extra = Buffer.alloc(zip64 ? 28 : 0)
    if (zip64) {
      extra.writeUInt16LE(1, 0)
      extra.writeUInt16LE(24, 2)
      for (const [index, value] of [size, bytes, offset].entries())
        extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index)
    }
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50)
    central.writeUInt16LE((madeBy << 8) | 63, 4)
    central.writeUInt16LE(flags | utf8, 8)
    central.writeUInt16LE(method, 10)
    central.writeUInt32LE(entry.crc ?? crc32(plain), 16)
    central.writeUInt32LE(zip64 ? 0xffffffff : bytes, 20)
    central.writeUInt32LE(zip64 ? 0xffffffff : size, 24)
    central.writeUInt16LE(name.length, 28)
    central.writeUInt16LE(extra.length, 30)
    central.writeUInt32LE((mode << 16) >>> 0, 38)
    central.writeUInt32LE(zip64 ? 0xffffffff : offset, 42)
    directory.push(central, name, extra)
    at += local.length + name.length + stored.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(Math.min(count ?? entries.length, 0xffff), 8)
  end.writeUInt16LE(Math.min(count ?? entries.length, 0xffff), 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(at, 16)
  end.writeUInt16LE(comment.length, 20)
  const zip64 = zip64End ? endOfZip64(at, central.length, BigInt(entries.length), zip64End) : Buffer.alloc(0)
  return Buffer.concat([...locals, central, zip64, end, Buffer.from(comment)])
}

function endOfZip64(
  at: number,
  length: number,
  entries: bigint,
  lie: { count?: bigint; offset?: bigint },
): Buffer {
  const record = Buffer.alloc(56)
  record.writeUInt32LE(0x06064b50)
  record.writeBigUInt64LE(44n, 4)
  record.writeBigUInt64LE(lie.count ?? entries, 24)
  record.writeBigUInt64LE(lie.count ?? entries, 32)
  record.writeBigUInt64LE(BigInt(length), 40)
  record.writeBigUInt64LE(BigInt(at), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50)
  locator.writeBigUInt64LE(lie.offset ?? BigInt(at + length), 8)
  locator.writeUInt32LE(1, 16)
  return Buffer.concat([record, locator])
}
