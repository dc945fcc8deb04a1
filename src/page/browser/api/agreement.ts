import { readPlanes } from '../masks/npy.ts'
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

/** The labels of each mask: POST /v1/labels. */
export const maskPlanes = (asked: AnnotatedMasks, signal: AbortSignal) =>
  withChosen(asked.masks, async () =>
    readPlanes(await (await ask('v1/labels', { method: 'POST', body: formOf(asked), signal })).arrayBuffer()),
  )
