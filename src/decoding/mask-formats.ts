import type { MaskFormat } from './mask-format.ts'
import { metaImage } from './metaimage/format.ts'
import { nifti } from './nifti/format.ts'
import { npy } from './npy/format.ts'
import { nrrd } from './nrrd/format.ts'
import { png } from './png/format.ts'
import { tiff } from './tiff/format.ts'
import { webp } from './webp/format.ts'

/** Every format masks are read from: the one list of them. `decode-mask.ts` has the reader of each. */
export const maskFormats = {
  png,
  tiff,
  webp,
  npy,
  nifti,
  nrrd,
  mha: metaImage,
} as const satisfies Record<string, MaskFormat>

/** A format masks are read from. */
export type ReadFormat = keyof typeof maskFormats

export const readFormats = Object.keys(maskFormats) as readonly ReadFormat[]

const namesOf = (formats: readonly ReadFormat[]) =>
  new RegExp(
    `\\.(${formats
      .flatMap((format) => maskFormats[format].endings)
      .join('|')
      .replaceAll('.', '\\.')})$`,
    'i',
  )
const endings = namesOf(readFormats)
const volumeEndings = namesOf(['nifti', 'nrrd', 'mha'])

/** Whether a file name ends as those of masks do. In an archive that is a first guess; bytes decide. */
export const isMaskName = (name: string): boolean => endings.test(name)

/** The same of volumes that are read in pieces. */
export const isVolumeName = (name: string): boolean => volumeEndings.test(name)

/** The formats as sentences list them: "PNG, TIFF, WebP or NPY". */
export const listOfFormats = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(
  readFormats.map((format) => maskFormats[format].name),
)
