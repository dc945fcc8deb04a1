import { gzipSync } from 'node:zlib'

interface Nrrd {
  /** Fastest first. */
  readonly sizes: readonly number[]
  /** As NRRD spells it. */
  readonly type?: string
  /** The values in the byte order that `fields` say. */
  readonly data: Uint8Array
  readonly gzip?: boolean
  /** Fields beside those that are always there, or in their place; undefined leaves one out. */
  readonly fields?: Readonly<Record<string, string | undefined>>
  readonly pairs?: Readonly<Record<string, string>>
  /** Bytes between header and values. */
  readonly before?: Uint8Array
  readonly newline?: '\n' | '\r\n'
}

/** An NRRD with its values behind its header. */
export function writeNrrd(image: Nrrd): Buffer {
  const { sizes, type = 'uint8', data, gzip = false, fields = {}, pairs = {}, before, newline = '\n' } = image
  const header: Readonly<Record<string, string | undefined>> = {
    type,
    dimension: `${sizes.length}`,
    sizes: sizes.join(' '),
    encoding: gzip ? 'gzip' : 'raw',
    endian: 'little',
    ...fields,
  }
  const lines = [
    'NRRD0005',
    '# a comment: with a colon',
    ...Object.entries(header).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`])),
    ...Object.entries(pairs).map(([key, value]) => `${key}:=${value}`),
    '',
    '',
  ]
  const stored = gzip ? gzipSync(data) : data
  return Buffer.concat([Buffer.from(lines.join(newline)), before ?? new Uint8Array(), stored])
}
