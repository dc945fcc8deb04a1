import { type LabelArray, readLosses, readPlanes } from '../masks/npy.ts'
import { type Region, viewOf } from '../masks/region-grid.ts'
import { ask } from './ask.ts'
import { withChosen } from './chosen-files.ts'

type Matrix = readonly (readonly (number | null)[])[]

/** How far annotators of one image agree: POST /v1/agreement. */
export interface Agreement {
  readonly width: number
  readonly height: number
  readonly annotators: readonly {
    readonly name: string
    readonly mean_mi_loss: number | null
    readonly mean_iou: number | null
  }[]
  /** Row and column i: annotator i. */
  readonly mi_loss: Matrix
  readonly outlier: { readonly name: string; readonly mean_mi_loss: number } | null
  readonly disagreement: {
    readonly pixels: number
    readonly share: number | null
    readonly entropy_mean: number | null
  }
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
}

/** Masks of one image, and how they are read. */
export interface AnnotatedMasks {
  readonly masks: readonly File[]
  readonly options: Readonly<Record<string, unknown>>
}

const formOf = ({ masks, options }: AnnotatedMasks): FormData => {
  const form = new FormData()
  for (const mask of masks) form.append('masks', mask)
  form.append('options', JSON.stringify(options))
  return form
}

export const agreementOf = (asked: AnnotatedMasks, signal: AbortSignal): Promise<Agreement> =>
  withChosen(asked.masks, async () =>
    (await ask('v1/agreement', { method: 'POST', body: formOf(asked), signal })).json(),
  )

/** The labels of the first mask, all of them or a region at a level: POST /v1/labels. */
export async function firstLabels(
  { masks: [first], options }: AnnotatedMasks,
  signal: AbortSignal,
  region?: Region,
): Promise<LabelArray> {
  const asked = { masks: [first], options: { ...options, ...viewOf(region) } }
  return readPlanes(await planes(asked, signal)).planes[0]
}

/** How much the masks differ at each pixel, in bits: POST /v1/labels. */
export const voteEntropies = async (
  { masks, options }: AnnotatedMasks,
  signal: AbortSignal,
  region?: Region,
): Promise<Float64Array> =>
  readLosses(await planes({ masks, options: { ...options, planes: ['entropy'], ...viewOf(region) } }, signal))

const planes = (asked: AnnotatedMasks, signal: AbortSignal): Promise<ArrayBuffer> =>
  withChosen(asked.masks, async () =>
    (await ask('v1/labels', { method: 'POST', body: formOf(asked), signal })).arrayBuffer(),
  )
