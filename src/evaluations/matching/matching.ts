import type { Listing } from '../sources/listing.ts'
import type { RuleName } from './rules.ts'

/** A key with several files on one side. */
export interface AmbiguousKey {
  readonly key: string
  readonly candidates: readonly string[]
}

/** `matching.json`: which file met which, and what met none. */
export interface Matching {
  readonly rule: RuleName | 'pattern' | 'manifest'
  /** Items with a prediction. */
  readonly pairs: number
  /** Keys without a prediction. */
  readonly missing: readonly string[]
  /** Predictions without a ground truth. */
  readonly extra: readonly string[]
  readonly ambiguous: readonly AmbiguousKey[]
  /** What is there and cannot be read: files stay items, which fail. */
  readonly unreadable: readonly { readonly side: string; readonly path: string; readonly reason: string }[]
  /** Passed over, counted by kind. */
  readonly junk: { readonly ground_truth: Listing['junk']; readonly prediction: Listing['junk'] }
  readonly hints: readonly string[]
}
