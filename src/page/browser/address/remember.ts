const pathOf = (hash: string): string => hash.split('?')[0]

/** Puts how something is looked at into the address, unless somebody has just gone on to something else. */
export function remember(link: string): void {
  if (location.hash === '' || pathOf(location.hash) === pathOf(link)) history.replaceState(null, '', link)
}
