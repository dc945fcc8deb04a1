import type { AnnotatedImage } from '../../../src/annotations/annotated-image.ts'
import { assignLabels } from '../../../src/annotations/label-names.ts'
import { openSource } from '../../../src/annotations/open-source.ts'
import { paintAnnotation } from '../../../src/annotations/paint.ts'
import { objectRuns } from '../../../src/annotations/painting/object-runs.ts'
import { readAnnotation } from '../../../src/annotations/read-annotation.ts'
import type { Warning } from '../../../src/labels/decoded-mask.ts'
import { defaultLimits, type Limits } from '../../../src/limits.ts'
import { Refusal } from '../../../src/problems/refusal.ts'
import type { OriginalDocument } from './corpus.ts'
import type { DocumentMutant } from './mutant.ts'

/**
 * `original`: the regions of the original, with their names. `refused`: by a code that blames the document. `warned`: other
 * regions, and a warning. `sound`: other regions, as the document says now. Everything else is a failure.
 */
type Verdict = 'original' | 'refused' | 'warned' | 'sound' | 'lost' | 'changed' | 'thrown' | 'bad words'

export interface DocumentJudgement {
  readonly verdict: Verdict
  readonly detail: string
}

/** What is seen of an annotation. */
export interface Seen {
  /** Every pixel's name or number, as one text. */
  readonly pixels: string
  /** Objects that have a pixel. */
  readonly objects: number
  readonly warnings: readonly Warning[]
}

/** Small, so that what asks for much is refused at once. */
const limits: Limits = {
  ...defaultLimits,
  maxPixels: 100_000,
  maxSide: 2000,
  maxVertices: 10_000,
  maxRuns: 50_000,
  maxRegions: 10_000,
}

/** Reads and paints a document. */
export async function see({ options, sidecar, bytes }: OriginalDocument): Promise<Seen> {
  const source = await openSource({ kind: 'file', bytes, ...(sidecar && { sidecar }) }, options, limits)
  // A zip without its document can be one of plain masks, which is told to no one: it is no annotation.
  if (source.kind === 'mask') throw new Refusal('UNSUPPORTED_FORMAT', 'This is a mask and no annotation.')
  return seen(await readAnnotation(source, limits))
}

function seen(image: AnnotatedImage): Seen {
  const list = assignLabels([image])
  const { map, names, warnings } = paintAnnotation(image, list, limits)
  const nameOf = (label: number) => names?.get(label) ?? String(label)
  const objects = [...objectRuns(image, limits).values()].filter((runs) => runs.length > 0).length
  const pixels = Array.from(map.labels, nameOf).join()
  return { pixels, objects, warnings: [...warnings, ...list.warnings] }
}

/** Says whether what comes of a mutant may be. */
export async function judgeDocument(
  original: OriginalDocument,
  before: Seen,
  { bytes, keeps, isSound }: DocumentMutant,
): Promise<DocumentJudgement> {
  const changed = original.sidecar ? { ...original, sidecar: bytes } : { ...original, bytes }
  let after: Seen
  try {
    after = await see(changed)
  } catch (error) {
    return judgeError(error)
  }
  if (after.pixels === before.pixels && after.objects >= before.objects)
    return { verdict: 'original', detail: '' }
  const told = after.warnings.filter(
    ({ message }) => !before.warnings.some((known) => known.message === message),
  )
  if (told.length > 0) return { verdict: 'warned', detail: told.map(({ code }) => code).join() }
  const detail = `${after.objects} objects of ${before.objects}`
  if (isSound) return { verdict: 'changed', detail }
  // Of what may hold less, nothing at all is a fault, unless the text is empty: a list without lines.
  const mayBeEmpty = bytes.every((byte) => byte <= 0x20)
  const isLost = keeps
    ? after.objects < before.objects
    : after.objects === 0 && before.objects > 1 && !mayBeEmpty
  return { verdict: isLost ? 'lost' : 'sound', detail }
}

function judgeError(error: unknown): DocumentJudgement {
  if (!(error instanceof Refusal))
    return { verdict: 'thrown', detail: error instanceof Error ? `${error.stack}` : String(error) }
  const detail = `${error.code}: ${error.message}`
  if (error.code === 'INTERNAL' || error.code === 'TIMED_OUT' || error.code === 'DECODER_MISMATCH')
    return { verdict: 'thrown', detail }
  return { verdict: /undefined|NaN|\[object/.test(error.message) ? 'bad words' : 'refused', detail }
}
