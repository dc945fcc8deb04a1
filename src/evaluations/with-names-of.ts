import type { ScoringContext } from '../scoring/context.ts'
import type { DatasetOptions } from './dataset-options.ts'
import { labelMeaning } from './label-meaning.ts'
import { type AnnotatedMask, classesOf } from './sources/class-names.ts'

/** What was asked for; where annotations name their labels, with the names as classes. */
export async function withNamesOf<Asked extends DatasetOptions>(
  annotations: readonly AnnotatedMask[],
  asked: Asked,
  context: ScoringContext,
): Promise<Asked> {
  const { scoring, evaluation } = asked
  const classes = await classesOf(annotations, scoring, context)
  if (!classes) return asked
  const { labels } = evaluation
  const meaning = labelMeaning({ labels, namedByOptions: false, namedByAnnotations: true })
  return { ...asked, scoring: { ...scoring, classes }, labels: meaning }
}
