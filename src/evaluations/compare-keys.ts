/** The order of keys in a manifest: that of their bytes in UTF-8, which is that of their code points. */
export function compareKeys(a: string, b: string): number {
  const shared = Math.min(a.length, b.length)
  for (let k = 0; k < shared; k++) {
    const difference = rank(a.charCodeAt(k)) - rank(b.charCodeAt(k))
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** Halves of surrogate pairs stand for code points beyond all others, although their numbers do not. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}
