/** How a score of a summary is called by people, by its pointer. */
export function scoreName(pointer: string): { readonly name: string; readonly about: string } {
  const [, block, ...path] = pointer.split('/')
  if (block === 'macro') return { name: path[0], about: 'mean over images' }
  return { name: path.at(-1) ?? pointer, about: 'over all pixels' }
}
