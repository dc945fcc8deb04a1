import { Refusal } from '../../problems/refusal.ts'
import type { ReadSettings } from '../read-options.ts'
import { type ByteStream, plainBytes } from '../volume/byte-stream.ts'
import { isGzip } from '../volume/gzip-members.ts'
import { inflatedBytes } from '../volume/inflated-bytes.ts'
import type { OpenedFile } from '../volume/opened-file.ts'
import { skipBytes } from '../volume/skip-bytes.ts'
import { headerBytes, headerKind, type NiftiHeader, readNiftiHeader } from './header.ts'
import { niftiLayout } from './layout.ts'

/** Extensions between header and voxels hold some kilobytes. */
const maxOffset = 64 * 2 ** 20

/**
 * Opens a NIfTI, plain or gzipped, up to its first voxel.
 * @throws Refusal TRUNCATED, CORRUPT, UNSUPPORTED_FORMAT, and those of `niftiLayout`
 */
export async function openNifti(bytes: Uint8Array, settings: ReadSettings): Promise<OpenedFile> {
  const stream = isGzip(bytes) ? inflatedBytes(bytes, 'gzip', 'The NIfTI') : plainBytes(bytes)
  try {
    const { header, size } = await takeHeader(stream)
    const layout = niftiLayout(header, settings)
    await skipBytes(stream, offsetOf(header) - size)
    return { layout, stream }
  } catch (error) {
    await stream.close()
    throw error
  }
}

async function takeHeader(stream: ByteStream): Promise<{ header: NiftiHeader; size: number }> {
  const first = await stream.take(headerBytes.nifti1)
  if (first.length < headerBytes.nifti1) throw cut(first.length)
  const { size } = headerKind(first)
  if (size === first.length) return { header: readNiftiHeader(first), size }
  const more = await stream.take(size - first.length)
  if (first.length + more.length < size) throw cut(first.length + more.length)
  return { header: readNiftiHeader(Buffer.concat([first, more])), size }
}

const cut = (bytes: number) => new Refusal('TRUNCATED', `The NIfTI ends at byte ${bytes}, within its header.`)

/** Where the voxels begin. Behind a header in one file with them stand four bytes about extensions. */
function offsetOf({ voxOffset, version, isDetached }: NiftiHeader): number {
  if (isDetached)
    throw new Refusal(
      'UNSUPPORTED_FORMAT',
      'The file is the header of a NIfTI whose voxels stand in another file.',
    ).advising('Put both files, `.hdr` and `.img`, into one zip; or save the volume as one `.nii`.')
  const least = (version === 1 ? headerBytes.nifti1 : headerBytes.nifti2) + 4
  if (!Number.isInteger(voxOffset) || voxOffset < least || voxOffset > maxOffset)
    throw new Refusal(
      'CORRUPT',
      `The NIfTI header says that voxels begin at byte ${voxOffset}; read are integers from ${least} to ${maxOffset}.`,
    )
  return voxOffset
}
