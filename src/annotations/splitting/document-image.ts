import type { AnnotationFormat } from '../formats/catalogue.ts'
import type { ReaderOptions } from '../reader-options.ts'

/** One image of a dataset's document, as a document of its own. */
export interface DocumentImage {
  /** What the document calls it, mostly its file. */
  readonly name: string
  readonly format: AnnotationFormat
  /** A text of the same format that holds this image alone, or in which `options.image` names it. */
  readonly text: string
  /** What the text does not say of the image itself. */
  readonly options?: Pick<ReaderOptions, 'image' | 'width' | 'height'>
  /** The PNG of ids that belongs to it. */
  readonly png?: string
}

/** What a results file borrows from the dataset that it is of. */
export interface DatasetImages {
  readonly images: readonly unknown[]
  readonly categories: unknown
}
