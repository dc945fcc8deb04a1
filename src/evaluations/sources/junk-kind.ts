/** Files of systems, and texts that stand beside masks. */
const leftBehind = new Set(['__MACOSX', 'Thumbs.db', 'desktop.ini'])
const texts =
  /^(readme|licen[cs]e|changelog|notice)(\.[a-z]+)?$|\.(md|csv|tsv|log|py|html?|pdf|ya?ml|toml|sha256|md5)$/i

/** What kind of file or folder without a mask a path names, if it is known for one. */
export function junkKind(path: string): string | undefined {
  const parts = path.split('/')
  const left = parts.find((part) => leftBehind.has(part))
  if (left !== undefined) return left
  if (parts.some((part) => part.startsWith('.'))) return 'dot file'
  return texts.test(parts[parts.length - 1]) ? 'text file' : undefined
}
