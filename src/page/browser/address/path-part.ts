/** A part of an address as it was written; one that was cut short or made up is taken as it stands. */
export function decodedPart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
