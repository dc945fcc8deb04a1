const endSignature = 0x06054b50
const entrySignature = 0x02014b50

/**
 * The paths of all files of a zip, out of its central directory: only its end is read. Undefined where the directory is not
 * plain (Zip64, damaged): the service reads it then, and says what is wrong.
 */
export async function zipNames(file: Blob): Promise<string[] | undefined> {
  const tailStart = Math.max(0, file.size - 65_557)
  const tail = new DataView(await file.slice(tailStart).arrayBuffer())
  let end = tail.byteLength - 22
  while (end >= 0 && tail.getUint32(end, true) !== endSignature) end--
  if (end < 0) return undefined
  const [count, size, start] = [
    tail.getUint16(end + 10, true),
    tail.getUint32(end + 12, true),
    tail.getUint32(end + 16, true),
  ]
  if (count === 0xffff || start + size > file.size) return undefined
  const directory = new DataView(await file.slice(start, start + size).arrayBuffer())
  const names: string[] = []
  let at = 0
  for (let index = 0; index < count; index++) {
    if (at + 46 > directory.byteLength || directory.getUint32(at, true) !== entrySignature) return undefined
    const lengths = [28, 30, 32].map((offset) => directory.getUint16(at + offset, true))
    names.push(new TextDecoder().decode(new Uint8Array(directory.buffer, at + 46, lengths[0])))
    at += 46 + lengths[0] + lengths[1] + lengths[2]
  }
  return names.filter((name) => !name.endsWith('/'))
}
