import { crc32, deflateRawSync } from 'node:zlib'

/** A file of a test zip. What is not given is as an honest archive has it. */
export interface ZipFile {
  readonly name: string
  readonly content: Uint8Array | string | object
  readonly store?: boolean
  /** The size the archive claims for it. */
  readonly claimedSize?: number
  readonly crc?: number
  readonly flags?: number
  /** Where the archive's list says the file begins; another file's place makes them overlap. */
  readonly offset?: number
}

/** A zip with exactly these files, honest or not. */
export function zipOf(...files: readonly ZipFile[]): Uint8Array {
  const parts: Buffer[] = []
  const list: Buffer[] = []
  let at = 0
  for (const file of files) {
    const { local, entry } = pack(file, at)
    parts.push(local)
    list.push(entry)
    at += local.length
  }
  const directory = Buffer.concat(list)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...parts, directory, end]))
}

function pack({ name, content, store, claimedSize, crc, flags = 0, offset }: ZipFile, at: number) {
  const bytes = bytesOf(content)
  const data = store ? Buffer.from(bytes) : deflateRawSync(bytes)
  const path = Buffer.from(name)
  // What both headers share: version, flags, method, time, date, crc, both sizes, length of the name.
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt16LE(flags, 2)
  common.writeUInt16LE(store ? 0 : 8, 4)
  common.writeUInt16LE(33, 8)
  common.writeUInt32LE(crc ?? crc32(bytes), 10)
  common.writeUInt32LE(data.length, 14)
  common.writeUInt32LE(claimedSize ?? bytes.length, 18)
  common.writeUInt16LE(path.length, 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, path, data])
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(offset ?? at, 10)
  const entry = Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, rest, path])
  return { local, entry }
}

function bytesOf(content: ZipFile['content']): Uint8Array {
  if (content instanceof Uint8Array) return content
  return new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content))
}
