/** What a label is: the same in every image, a number of an object of one image, or nobody said so. */
export type LabelMeaning = 'classes' | 'objects' | 'undecided'

/** Most labels of a run that are taken for classes although nobody said so. */
export const maxAssumedClasses = 256

/** What is known of the labels before a pair is read. */
interface LabelFacts {
  /** The option. */
  readonly labels: 'classes' | 'objects' | 'auto'
  /** Whether the options list classes, name a preset that does, or make masks binary. */
  readonly namedByOptions: boolean
  /** Whether documents of annotations name their labels. */
  readonly namedByAnnotations: boolean
}

/** The meaning of labels as far as somebody said it. */
export function labelMeaning({ labels, namedByOptions, namedByAnnotations }: LabelFacts): LabelMeaning {
  if (labels !== 'auto') return labels
  return namedByOptions || namedByAnnotations ? 'classes' : 'undecided'
}
