import { LabelCollection } from '../../annotations/label-collection.ts'
import { openSource } from '../../annotations/open-source.ts'
import { readAnnotation } from '../../annotations/read-annotation.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { ScoringContext } from '../../scoring/context.ts'
import type { ScoreOptions, SideOptions } from '../../scoring/request/options.ts'
import { readContent } from './read-content.ts'
import type { Reader } from './reader.ts'

/** A mask that may be an annotation, which names its labels. */
export interface AnnotatedMask {
  readonly side: 'ground_truth' | 'prediction'
  readonly reader: Reader
  readonly options?: SideOptions | undefined
}

/**
 * The names of all annotations of a dataset, numbered once: as `classes` for every pair, or each would number them anew.
 * What cannot be read names nothing; its item fails when it is scored.
 * @param masks ground truths in the order of the manifest, then predictions
 * @return undefined where the options name the classes, and where no annotation does
 */
export async function classesOf(
  masks: readonly AnnotatedMask[],
  scoring: ScoreOptions,
  context: ScoringContext,
): Promise<Record<string, string> | undefined> {
  if (scoring.classes !== undefined || scoring.binary) return undefined
  const collection = new LabelCollection()
  for (const { side, reader, options } of masks) {
    try {
      const sideOptions = { ...scoring[side], ...options }
      const content = await readContent(reader, sideOptions, context)
      const source = await openSource(content, sideOptions, context.limits)
      if (source.kind === 'annotation') collection.add(await readAnnotation(source, context.limits))
    } catch (error) {
      if (!(error instanceof Refusal) && (error as NodeJS.ErrnoException).code === undefined) throw error
    }
  }
  return collection.classes()
}
