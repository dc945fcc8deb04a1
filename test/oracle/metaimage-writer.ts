import { deflateSync } from 'node:zlib'

interface MetaImage {
  /** Columns, rows, slices. */
  readonly sides: readonly number[]
  /** `MET_UCHAR` and so on. */
  readonly type: string
  /** The elements in the byte order that `fields` say. */
  readonly data: Uint8Array
  readonly compressed?: boolean
  /** Fields beside those that ITK always writes, or in their place. */
  readonly fields?: Readonly<Record<string, string>>
}

/** A MetaImage with its pixels in the same file, its header as ITK writes it. */
export function writeMetaImage({
  sides,
  type,
  data,
  compressed = false,
  fields = {},
}: MetaImage): Uint8Array {
  const stored = compressed ? deflateSync(data) : data
  const axes = sides.map(() => 1)
  const header = {
    ObjectType: 'Image',
    NDims: `${sides.length}`,
    BinaryData: 'True',
    BinaryDataByteOrderMSB: 'False',
    CompressedData: compressed ? 'True' : 'False',
    ...(compressed && { CompressedDataSize: `${stored.length}` }),
    TransformMatrix: axes.flatMap((_, row) => axes.map((_, column) => (row === column ? 1 : 0))).join(' '),
    Offset: axes.map(() => 0).join(' '),
    CenterOfRotation: axes.map(() => 0).join(' '),
    ElementSpacing: axes.join(' '),
    DimSize: sides.join(' '),
    ElementType: type,
    ...fields,
  }
  const lines = Object.entries(header).map(([key, value]) => `${key} = ${value}\n`)
  return Buffer.concat([Buffer.from(lines.join('')), Buffer.from('ElementDataFile = LOCAL\n'), stored])
}
