import type { JsonNode } from '../../json/json-node.ts'
import type { PolygonFill, ReaderOptions } from '../reader-options.ts'
import type { Reader } from '../reading/read-context.ts'
import type { Guide } from './guide.ts'
import type { ImageNames } from './image-names.ts'

/** A format of a labeling tool: how its documents are told from others, how they are read, and what is said of it. */
export interface ToolFormat {
  /** Whose format it is. */
  readonly tool: string
  /** What `data` of a JSON mask, or the file, holds. */
  readonly data: string
  /** The options of a side that it heeds. */
  readonly options: readonly (keyof ReaderOptions)[]
  /** True for what only this format's documents have. Texts are told by their lines. */
  readonly isRecognised: (document: JsonNode) => boolean
  /** True for the files of a zip that are an annotation without a document. */
  readonly isExport?: (names: readonly string[]) => boolean
  /** The files of a zip that may be its documents, where those are neither JSON nor XML. */
  readonly documentsIn?: (names: readonly string[]) => readonly string[]
  /** True for the files of a zip that are a project of its tool, where its documents are neither JSON nor XML. */
  readonly isProject?: (names: readonly string[]) => boolean
  /** What the images of a document go by, where it names them. */
  readonly imagesOf?: (document: JsonNode) => readonly ImageNames[]
  /** The document may be a text that is not JSON. */
  readonly mayBeText?: true
  /** The document may be one JSON object a line, which it then gets as a list. */
  readonly mayBeLines?: true
  /** A PNG of ids belongs to the document. */
  readonly needsPng?: true
  readonly read: Reader
  /** The rule that its own tools fill polygons by, where it is not "coco". */
  readonly polygonFill?: PolygonFill
  /** Pixels without a segment are unknown, and no background. */
  readonly unlabelledIsVoid?: true
  /** What docs/labeling-tools.md says of it. */
  readonly guides: readonly Guide[]
}
