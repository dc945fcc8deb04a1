import type { Item, Report } from '../api/types.ts'

/** What a row may say beside its scores, as docs/datasets.md has it; the contract leaves it open. */
export interface RowFacts {
  /** Why an image failed, was skipped or was scored as empty. */
  readonly problem?: { readonly side: string; readonly code: string; readonly detail: string }
  /** Why an empty prediction was scored in the place of the one that should be there. */
  readonly substituted?: 'missing' | 'broken'
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
  /** Columns of the manifest. */
  readonly by?: Readonly<Record<string, string>>
  /** Size of the masks. */
  readonly width?: number
  readonly height?: number
  /** Slices, where it is a volume. */
  readonly depth?: number
}

export const rowFacts = (item: Item): RowFacts => ({ warnings: [], ...(item as Item & Partial<RowFacts>) })

/** What the row of an image warns of and its report does not: files that are the same, for one, are known to a run alone. */
export const warningsOfRowAlone = (
  item: Item,
  { warnings }: Pick<Report, 'warnings'>,
): RowFacts['warnings'] =>
  rowFacts(item).warnings.filter(
    ({ code, message }) => !warnings.some((told) => told.code === code && told.message === message),
  )

/** Size of the masks of an item; undefined where they were not read. */
export function sizeOfItem(item: Item): { readonly width: number; readonly height: number } | undefined {
  const { width, height } = rowFacts(item)
  return width === undefined || height === undefined ? undefined : { width, height }
}
