import type { FolderFile } from './dataset-source.ts'

const block = 512
/** More does not fit into the eleven octal digits of a header. */
const maxPlainSize = 8 ** 11 - 1

/**
 * A tar of files, as a blob that holds the files themselves: nothing is read into memory. Format: POSIX.1-2001 (pax), with a
 * record for each path that a plain header cannot hold.
 */
export function tarOfFolder(files: readonly FolderFile[]): Blob {
  const parts: (Uint8Array<ArrayBuffer> | File)[] = []
  for (const { path, file } of files) {
    const records = [
      ...(/^[\x20-\x7e]{1,100}$/.test(path) ? [] : [record('path', path)]),
      ...(file.size > maxPlainSize ? [record('size', String(file.size))] : []),
    ].join('')
    if (records !== '') {
      const bytes = new TextEncoder().encode(records)
      parts.push(header('pax', bytes.length, 'x', 0), bytes, padding(bytes.length))
    }
    const size = file.size > maxPlainSize ? 0 : file.size
    parts.push(header(asciiOf(path), size, '0', file.lastModified), file, padding(file.size))
  }
  return new Blob([...parts, new Uint8Array(2 * block)], { type: 'application/x-tar' })
}

/** "LENGTH key=value\n", whose length counts its own digits and is in bytes. */
function record(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  const bytes = new TextEncoder().encode(rest).length
  let length = bytes + 1
  while (length !== bytes + String(length).length) length = bytes + String(length).length
  return `${length}${rest}`
}

const padding = (size: number) => new Uint8Array((block - (size % block)) % block)

/** For readers that know no pax: the path with other signs replaced, cut to what fits. */
const asciiOf = (path: string): string => path.replaceAll(/[^\x20-\x7e]/g, '_').slice(0, 100)

function header(name: string, size: number, type: string, modifiedMs: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(block)
  const put = (at: number, text: string) => new TextEncoder().encodeInto(text, bytes.subarray(at))
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0')
  put(0, name)
  put(100, `${octal(0o644, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0`)
  put(124, `${octal(size, 11)}\0${octal(Math.max(0, Math.floor(modifiedMs / 1000)), 11)}\0`)
  put(148, `        ${type}`)
  put(257, 'ustar\x0000')
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  put(148, `${octal(sum, 6)}\0 `)
  return bytes
}
