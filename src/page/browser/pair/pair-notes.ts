import type { Report } from '../api/types.ts'
import { isPairOf } from './pair-link.ts'

/** What the page itself has to say of a pair, in the form of the service's warnings. */
interface PairNote {
  readonly code: string
  readonly message: string
}

/**
 * What there is to say of the files beside the warnings of the service.
 * @param link the files that the opened link was about, by the first digits of their sha256
 */
export function pairNotes(
  report: Report,
  link: { readonly groundTruth: string | undefined; readonly prediction: string | undefined } | undefined,
  photo: { readonly width: number; readonly height: number } | undefined,
): PairNote[] {
  const { width, height } = report
  const notes: PairNote[] = []
  if (link && !isPairOf(report, link))
    notes.push({ code: 'OTHER_FILES', message: 'These are not the files of the link that was opened.' })
  if (photo && (photo.width !== width || photo.height !== height)) {
    const message = `The photo is ${photo.width} × ${photo.height} pixels, unlike the masks: it is not shown.`
    notes.push({ code: 'PHOTO_SIZE', message })
  }
  return notes
}
