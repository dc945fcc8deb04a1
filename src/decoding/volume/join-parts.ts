import { gzipSync } from 'node:zlib'
import { Refusal } from '../../problems/refusal.ts'
import { headerBytes } from '../nifti/header.ts'

/** Reads the files beside a header, by their names in its archive. */
export interface PartsBeside {
  readonly names: readonly string[]
  read(name: string): Promise<Uint8Array>
  /** As gzip, where it can be had without inflating it, and it inflates to more than `above` bytes. */
  packed(name: string, above: number): Promise<Uint8Array | undefined>
}

/** Names of headers whose voxels stand in another file, in lower case. */
const detached = /\.(hdr|nhdr|mhd)$/i

export const isDetachedHeader = (name: string): boolean => detached.test(name)

/**
 * A header and the voxels that stand in another file, joined to one file of the same format, as its reader takes it. A
 * header that is none, or has its voxels behind it, stays as it is. Voxels that an archive deflates stay so, and the file is a gzip of two members.
 * @param name of the header
 * @param maxWhole bytes up to which voxels are inflated here where the reader of the format would rather have them so
 * @throws Refusal MISSING_PART where the other file is not there, UNSUPPORTED_FORMAT where it is several
 */
export async function joinParts(name: string, parts: PartsBeside, maxWhole: number): Promise<Uint8Array> {
  const header = await parts.read(name)
  if (/\.hdr$/i.test(name)) return joinNifti(header, name, { ...parts, maxWhole: 0 })
  const text = Buffer.from(header).toString('latin1')
  return /\.nhdr$/i.test(name)
    ? joinNrrd(header, text, name, { ...parts, maxWhole })
    : joinMetaImage(header, text, name, { ...parts, maxWhole })
}

/** Voxels in an `.img` begin where `vox_offset` says, mostly at its first byte. */
async function joinNifti(header: Uint8Array, name: string, parts: Joined): Promise<Uint8Array> {
  const bytes = new Uint8Array(header)
  const view = new DataView(bytes.buffer)
  const mark = Buffer.from(bytes).toString('latin1')
  const version = mark.slice(344, 348) === 'ni1\0' ? 1 : mark.slice(4, 8) === 'ni2\0' ? 2 : undefined
  if (version === undefined) return header
  const size = version === 1 ? headerBytes.nifti1 : headerBytes.nifti2
  if (bytes.length < size) return header
  const little = view.getInt32(0, true) === size
  const voxels = pathOf(name, [name.replace(/\.hdr$/i, '.img'), name.replace(/\.hdr$/i, '.IMG')], parts)
  const first = size + 4
  if (version === 1) {
    bytes.set(Buffer.from('n+1'), 344)
    view.setFloat32(108, view.getFloat32(108, little) + first, little)
  } else {
    bytes.set(Buffer.from('n+2'), 4)
    view.setBigInt64(168, view.getBigInt64(168, little) + BigInt(first), little)
  }
  return joined(Buffer.concat([bytes.subarray(0, size), new Uint8Array(4)]), voxels, parts)
}

async function joinNrrd(header: Uint8Array, text: string, name: string, parts: Joined): Promise<Uint8Array> {
  const lines = text.split(/\r?\n/)
  const end = lines.indexOf('')
  const own = end < 0 ? lines : lines.slice(0, end)
  const line = own.find((candidate) => /^data ?file:/i.test(candidate))
  if (line === undefined) return header
  const file = line.slice(line.indexOf(':') + 1).trim()
  if (/^LIST\b|%/.test(file)) throw severalFiles(file)
  const voxels = pathOf(name, [file], parts)
  const kept = own.filter((candidate) => candidate !== line)
  return joined(Buffer.from(`${kept.join('\n')}\n\n`, 'latin1'), voxels, parts)
}

async function joinMetaImage(
  header: Uint8Array,
  text: string,
  name: string,
  parts: Joined,
): Promise<Uint8Array> {
  const [line, file] = /^ElementDataFile[ \t]*=[ \t]*(.*?)[ \t]*\r?$/m.exec(text) ?? []
  if (line === undefined || file === 'LOCAL' || file === undefined) return header
  if (/^LIST\b|%/.test(file)) throw severalFiles(file)
  const voxels = pathOf(name, [file], parts)
  const own = text.slice(0, text.indexOf(line))
  return joined(Buffer.from(`${own}ElementDataFile = LOCAL\n`, 'latin1'), voxels, parts)
}

type Joined = PartsBeside & { readonly maxWhole: number }

async function joined(
  header: Uint8Array,
  voxels: string,
  { read, packed, maxWhole }: Joined,
): Promise<Uint8Array> {
  const deflated = await packed(voxels, maxWhole)
  return deflated ? Buffer.concat([gzipSync(header), deflated]) : Buffer.concat([header, await read(voxels)])
}

/** The path of a file beside the header, which names it by its path from there. */
function pathOf(header: string, names: readonly string[], parts: PartsBeside): string {
  const folder = header.slice(0, header.lastIndexOf('/') + 1)
  for (const name of names) {
    const path = `${folder}${name.slice(name.startsWith(folder) ? folder.length : 0).replace(/^\.\//, '')}`
    if (parts.names.includes(path)) return path
  }
  throw new Refusal(
    'MISSING_PART',
    `The header "${header}" in the zip has its voxels in "${names[0].slice(0, 100)}", which is not there.`,
  ).advising('Put the header and the file of its voxels into the zip, in one folder.')
}

const severalFiles = (file: string) =>
  new Refusal(
    'UNSUPPORTED_FORMAT',
    `The header has its voxels in several files (${file.slice(0, 60)}), which is not read.`,
  ).advising('Save the volume as one file, e.g. with SimpleITK or 3D Slicer.')
