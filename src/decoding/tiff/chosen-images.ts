import { Refusal } from '../../problems/refusal.ts'
import type { ReadSettings } from '../read-options.ts'
import { chosenOf } from '../volume/chosen-of.ts'
import type { DescribedAxis, ImageAxes } from './image-axes.ts'

const optionOf = { channels: 'channel', frames: 'frame' } as const

/**
 * Which images of a TIFF are read, by their numbers: those of one channel and one point in time, which are slices. Along an
 * axis that nobody has named lie slices, too, where it is the only one.
 * @throws Refusal MULTI_PAGE where channels or points in time are several and none is named, or axes have no names;
 * INVALID_OPTIONS for a number that is not there
 */
export function chosenImages(
  { writer, axes, count }: ImageAxes,
  { frame, channelNumber }: Pick<ReadSettings, 'frame' | 'channelNumber'>,
): number[] {
  const listed = axes.map(({ size, kind }) => (kind === 'images' ? `${size}` : `${size} ${kind}`)).join(', ')
  const said = `By its description (${writer}) the images of the TIFF lie along ${axes.length > 1 ? 'several axes ' : 'an axis '}(${listed})`
  if (axes.length > 1 && axes.some(({ kind }) => kind === 'images'))
    throw new Refusal('MULTI_PAGE', `${said}, which one volume would mix.`).advising(
      'Save one image, or the slices of one channel and one point in time as a stack of their own.',
    )
  // ImageJ calls the slices of many a stack frames: where these are all, and none is named, they are slices.
  const areSlices = axes.length === 1 && axes[0].kind === 'frames' && frame === undefined
  const chosen = axes.map((axis) =>
    areSlices ? undefined : numberOn(axis, axis.kind === 'channels' ? channelNumber : frame, said),
  )
  if (!axes.some(({ kind }) => kind === 'frames')) chosenOf(1, frame, { option: 'frame', what: said })
  return Array.from({ length: count }, (_, image) => image).filter((image) => {
    let rest = image
    return axes
      .map(({ size }, k) => [size, chosen[k]] as const)
      .reverse()
      .every(([size, wanted]) => {
        const at = rest % size
        rest = Math.floor(rest / size)
        return wanted === undefined || at === wanted
      })
  })
}

/** The number that is read along an axis; undefined for all of it. */
function numberOn(
  { kind, size }: DescribedAxis,
  asked: number | undefined,
  said: string,
): number | undefined {
  if (kind === 'slices' || kind === 'images') return undefined
  const option = optionOf[kind]
  return chosenOf(size, asked, { option, what: `${said}.` })
}
