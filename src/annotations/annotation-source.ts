import type { AnnotationOptions } from './annotation-options.ts'
import type { FilesBeside } from './reading/files-beside.ts'

/** What `readAnnotation` reads: an annotation's document, parsed, and the files that stand beside it. */
export interface AnnotationSource {
  readonly kind: 'annotation'
  /** A JSON value, or the text of a document that is no JSON; undefined where the files are all there is. */
  readonly data: unknown
  readonly files: FilesBeside
  /** Its \`format\` is absent where only the content can tell. */
  readonly options: AnnotationOptions
}

/** What was sent, opened: an annotation, or the bytes of a plain mask. */
export type Source = AnnotationSource | { readonly kind: 'mask'; readonly bytes: Uint8Array }
