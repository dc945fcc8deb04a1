import { withChosen } from '../api/chosen-files.ts'

/** Width and height that the header of a PNG says; undefined for any other file. */
export async function sizeOfPng(
  file: File,
): Promise<{ readonly width: number; readonly height: number } | undefined> {
  const head = new DataView(await withChosen([file], () => file.slice(0, 24).arrayBuffer()))
  // The signature, and the name of the first chunk.
  const isPng =
    head.byteLength === 24 &&
    head.getUint32(0) === 0x89504e47 &&
    head.getUint32(4) === 0x0d0a1a0a &&
    head.getUint32(12) === 0x49484452
  return isPng ? { width: head.getUint32(16), height: head.getUint32(20) } : undefined
}
