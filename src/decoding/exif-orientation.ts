/**
 * The orientation an Exif block asks for: 1 (as stored) to 8; 1 as well when the block says nothing readable.
 * @param exif a TIFF structure, with or without the leading `Exif\0\0`
 */
export function exifOrientation(exif: Uint8Array): number {
  const start = startsWith(exif, 'Exif\0\0') ? 6 : 0
  const block = exif.subarray(start)
  const little = startsWith(block, 'II')
  if (block.length < 8 || !(little || startsWith(block, 'MM'))) return 1
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength)
  const directory = view.getUint32(4, little)
  if (directory + 2 > block.length) return 1
  const entries = view.getUint16(directory, little)
  for (let i = 0, at = directory + 2; i < entries && at + 12 <= block.length; i++, at += 12)
    if (view.getUint16(at, little) === 0x0112) {
      const orientation = view.getUint16(at + 8, little)
      return orientation >= 1 && orientation <= 8 ? orientation : 1
    }
  return 1
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[i] !== text.charCodeAt(i)) return false
  return true
}
