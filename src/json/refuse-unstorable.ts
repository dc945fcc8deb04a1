import { refuseField } from '../problems/refusal.ts'
import { toPointer } from './pointer.ts'

/** Whether a database can keep a text: NUL and halves of surrogate pairs are no characters to it. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')

/**
 * Looks through all texts and keys of a JSON value that is to be kept.
 * @param pointer of the value in the request
 * @throws Refusal INVALID_OPTIONS
 */
export function refuseUnstorable(value: unknown, pointer: string): void {
  if (typeof value === 'string' && !isStorable(value))
    throw refuseField(
      'INVALID_OPTIONS',
      pointer,
      'The text holds NUL or half of a character (a lone surrogate), which cannot be kept.',
    )
  if (typeof value !== 'object' || value === null) return
  for (const [key, member] of Object.entries(value)) {
    refuseUnstorable(key, pointer)
    refuseUnstorable(member, pointer + toPointer([key]))
  }
}
