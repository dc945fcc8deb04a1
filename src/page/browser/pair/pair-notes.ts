import type { Report } from '../api/types.ts'

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
  { ground_truth, prediction, width, height }: Report,
  link: { readonly groundTruth: string | undefined; readonly prediction: string | undefined } | undefined,
  photo: { readonly width: number; readonly height: number } | undefined,
): PairNote[] {
  const isOther = (digest: string | undefined, { sha256 }: Report['ground_truth']) =>
    digest !== undefined && !sha256.startsWith(digest)
  const notes: PairNote[] = []
  if (isOther(link?.groundTruth, ground_truth) || isOther(link?.prediction, prediction))
    notes.push({ code: 'OTHER_FILES', message: 'These are not the files of the link that was opened.' })
  if (photo && (photo.width !== width || photo.height !== height)) {
    const message = `The photo is ${photo.width} × ${photo.height} pixels, unlike the masks: it is not shown.`
    notes.push({ code: 'PHOTO_SIZE', message })
  }
  return notes
}
