/** A section of docs/labeling-tools.md, or a part of one: the formats of one tool share a section. Texts are Markdown. */
export interface Guide {
  /** The heading of the section. */
  readonly heading: string
  /** Its row in the table of tools; the first format of a section has it. */
  readonly row?: {
    /** Other tools that write the format. */
    readonly alsoOf?: string
    readonly exports: string
    /** Where the names of labels come from. */
    readonly names: string
  }
  /** What to export, and how. */
  readonly intro?: string
  readonly recipes: readonly Recipe[]
  /** What to know of it. */
  readonly notes?: readonly string[]
}

/** A command that scores two files of examples/labeling. */
export interface Recipe {
  /** What the command is for, where a section has several. */
  readonly intro?: string
  readonly groundTruth: string
  readonly prediction: string
  /** Each file is a PNG, and its JSON has the same name. */
  readonly withJson?: true
  readonly options?: Readonly<Record<string, unknown>>
  /** Its `mi_loss` where that is not the one of all other examples. */
  readonly otherLoss?: { readonly miLoss: string; readonly because: string }
}
