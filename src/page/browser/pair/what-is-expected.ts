import type { ChosenFiles } from './choose-sides.ts'

/** What the drop area waits for; empty where any two masks will do. */
export function whatIsExpected(
  files: ChosenFiles,
  link: { readonly groundTruth: string | undefined; readonly prediction: string | undefined },
): string {
  if (!files.groundTruth !== !files.prediction) return 'One of the two masks is there. Drop the other one.'
  return link.groundTruth || link.prediction
    ? 'This link shows a certain pair. Drop the same two files to see it.'
    : ''
}
