import type { Warning } from '../labels/decoded-mask.ts'

/** The warning about bytes behind the end of something that is whole; none when there are no such bytes. */
export function trailingData(bytes: number, end: string): readonly Warning[] {
  if (bytes === 0) return []
  return [
    {
      code: 'TRAILING_DATA',
      message: `${bytes} bytes after ${end} were ignored. Save the file anew if its copying may have gone wrong.`,
    },
  ]
}
