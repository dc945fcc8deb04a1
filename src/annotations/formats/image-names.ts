/** What one image of a document goes by. */
export interface ImageNames {
  /** File names and titles. */
  readonly names: readonly unknown[]
  /** Ids; a later one counts only where no image has it as an earlier one. */
  readonly ids: readonly unknown[]
}
