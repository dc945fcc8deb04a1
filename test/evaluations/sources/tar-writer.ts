/** An entry of a tar; what it says of itself may be a lie. */
export interface TarEntry {
  readonly name: string
  readonly content?: Uint8Array | string
  readonly type?: string
  readonly size?: number
  readonly prefix?: string
  /** The size in base 256, as GNU tar writes those over 8 GB. */
  readonly binarySize?: boolean
  readonly link?: string
  readonly checksum?: number
}

const blockBytes = 512

export function writeTar(entries: readonly TarEntry[], closing = 2): Buffer {
  return Buffer.concat([...entries.map(tarEntry), Buffer.alloc(closing * blockBytes)])
}

/** A pax header for the entry behind it. */
export function pax(records: Readonly<Record<string, string>>): TarEntry {
  const content = Object.entries(records).map(([key, value]) => {
    const text = ` ${key}=${value}\n`
    const length = Buffer.byteLength(text)
    const digits = String(length + String(length + 2).length).length
    return `${length + digits}${text}`
  })
  return { name: 'PaxHeader', type: 'x', content: content.join('') }
}

function tarEntry({
  name,
  content = '',
  type = '0',
  prefix,
  binarySize,
  link,
  checksum,
  size,
}: TarEntry): Buffer {
  const body = Buffer.from(content)
  const header = Buffer.alloc(blockBytes)
  header.write(name, 0, 100)
  header.write('0000644\0', 100)
  if (binarySize) {
    header[124] = 0x80
    header.writeBigUInt64BE(BigInt(size ?? body.length), 128)
  } else header.write(`${(size ?? body.length).toString(8).padStart(11, '0')}\0`, 124)
  header.write('        ', 148)
  header.write(type, 156)
  if (link) header.write(link, 157)
  header.write('ustar\x0000', 257)
  if (prefix) header.write(prefix, 345)
  const sum = checksum ?? header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, body, Buffer.alloc((blockBytes - (body.length % blockBytes)) % blockBytes)])
}
