/**
 * A heading and a list below it, no longer than `room` characters; nothing for a list without lines. What is left out is
 * counted in a last line.
 * @param total how many there are, where `lines` are not all
 */
export function cutList(
  heading: string,
  lines: readonly string[],
  room: number,
  total = lines.length,
): string {
  if (lines.length === 0) return ''
  let length = heading.length
  const shown: string[] = []
  for (const line of lines) {
    length += line.length + 1
    if (length > room) break
    shown.push(line)
  }
  const rest = total - shown.length
  return [heading, '', ...shown, ...(rest > 0 ? [`- … and ${rest} more`] : [])].join('\n')
}
