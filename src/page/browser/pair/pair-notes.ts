import type { PairAddress } from '../address/pair-address.ts'
import type { Report } from '../api/types.ts'
import { isPairOf } from './pair-link.ts'

/** What the page itself has to say of a pair, in the form of the service's warnings. */
interface PairNote {
  readonly code: string
  readonly message: string
}

const isAboutOthers = { code: 'OTHER_FILES', message: 'These are not the files of the link that was opened.' }
const hasNoOptions = {
  code: 'OPTIONS_UNREAD',
  message: 'The options of the link that was opened cannot be read: the masks are compared without any.',
}

/**
 * What there is to say of the files beside the warnings of the service.
 * @param link that was opened: what files it was about, by the first digits of their sha256
 * @param isExample its files are given
 */
export function pairNotes(
  report: Report,
  link: Pick<PairAddress, 'groundTruth' | 'prediction' | 'hasBadOptions'>,
  isExample: boolean,
  photo: { readonly width: number; readonly height: number } | undefined,
  photoFile: { readonly name: string } | undefined,
): PairNote[] {
  const { width, height } = report
  const notes: PairNote[] = []
  if (link.hasBadOptions) notes.push(hasNoOptions)
  if (!isExample && !isPairOf(report, link)) notes.push(isAboutOthers)
  if (photoFile && !photo)
    notes.push({ code: 'PHOTO_UNREAD', message: `${photoFile.name} is no photo that this browser can show.` })
  if (photo && (photo.width !== width || photo.height !== height)) {
    const message = `The photo is ${photo.width} × ${photo.height} pixels, unlike the masks: it is not shown.`
    notes.push({ code: 'PHOTO_SIZE', message })
  }
  return notes
}
