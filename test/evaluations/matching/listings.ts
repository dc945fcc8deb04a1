import { junkKind } from '../../../src/evaluations/sources/junk-kind.ts'
import type { Listing } from '../../../src/evaluations/sources/listing.ts'
import { ListingDraft } from '../../../src/evaluations/sources/listing-draft.ts'

/** A listing of these paths, as a folder or archive that holds them would give. */
export function listing(...paths: readonly string[]): Listing {
  const draft = new ListingDraft(1000)
  for (const path of paths)
    if (junkKind(path) === undefined) draft.add(path, { type: 'file', path, bytes: 1 })
    else draft.passOver(path)
  return draft.listing()
}
