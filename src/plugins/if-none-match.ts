/**
 * Whether a caller's `If-None-Match` names an answer that is still the answer: one tag or a list of them, compared weakly
 * (RFC 9110, 13.1.2), as caches and proxies that compress mark tags as weak.
 */
export function isKnownTag(header: string | undefined, etag: string): boolean {
  const tags = header?.match(/(?:W\/)?"[^"]*"/g) ?? []
  return tags.some((tag) => tag.replace(/^W\//, '') === etag)
}
