import { matchSides } from '../../../evaluations/matching/match-sides.ts'
import type { Matching } from '../../../evaluations/matching/matching.ts'
import { parsePattern } from '../../../evaluations/matching/pattern.ts'
import { withoutTopFolder } from '../../../evaluations/sources/archives/without-top-folder.ts'
import type { Listing } from '../../../evaluations/sources/listing.ts'
import { ListingDraft } from '../../../evaluations/sources/listing-draft.ts'
import { foldObjectFolders } from '../../../evaluations/sources/object-folders.ts'
import { Refusal } from '../../../problems/refusal.ts'
import type { DatasetSource } from './dataset-source.ts'
import { zipNames } from './zip-names.ts'

/** What the files' names say before anything is sent, or why only the service can tell. */
export type Preview = { readonly matching: Matching } | { readonly why: string }

/** Patterns and names of what is sent. */
export interface MatchingWishes {
  readonly groundTruth: string
  readonly prediction: string
}

/** The service itself counts; here nothing is left out for its number. */
const anyNumber = Number.MAX_SAFE_INTEGER

/**
 * Which masks of two sides belong together: by the code that the service matches with.
 * @param prediction undefined: patterns tell both sides of the one source apart
 */
export async function previewMatching(
  groundTruth: DatasetSource,
  prediction: DatasetSource | undefined,
  wishes: MatchingWishes,
): Promise<Preview> {
  try {
    const patterns = {
      ...(wishes.groundTruth && { groundTruth: parsePattern(wishes.groundTruth, '/options/match_gt') }),
      ...(wishes.prediction && { prediction: parsePattern(wishes.prediction, '/options/match_pred') }),
    }
    if (!prediction && !(wishes.groundTruth && wishes.prediction))
      return {
        why: 'Only one side is there. Drop the other one; or, where this one holds both, write the two patterns that tell them apart.',
      }
    const truths = await listingOf(groundTruth)
    const predictions = prediction ? await listingOf(prediction) : truths
    if (!truths || !predictions)
      return { why: 'What belongs together is told when the service has read the files.' }
    return { matching: matchSides(truths, predictions, { patterns }).matching }
  } catch (error) {
    if (error instanceof Refusal) return { why: error.message }
    throw error
  }
}

/** The files of a source as the service lists them; undefined where their names are not known, or a document holds the masks. */
async function listingOf(source: DatasetSource): Promise<Listing | undefined> {
  const paths = await pathsOf(source)
  if (!paths) return undefined
  const draft = new ListingDraft(anyNumber)
  for (const path of paths)
    if (!draft.passOver(path))
      draft.add(path, { type: 'unreadable', reason: 'It is not read here.', bytes: 0 })
  const listing = foldObjectFolders(withoutTopFolder(draft.listing()))
  const documents = listing.masks.filter(({ path }) => /\.(json|xml)$/i.test(path))
  return documents.length === 1 ? undefined : listing
}

async function pathsOf(source: DatasetSource): Promise<string[] | undefined> {
  if (source.kind === 'folder') return source.files.map(({ path }) => path)
  return /\.zip$/i.test(source.name) ? zipNames(source.file) : undefined
}
