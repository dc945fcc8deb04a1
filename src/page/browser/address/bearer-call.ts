/** A GET of the service for a shell. */
export function bearerCall(path: string, needsKey: boolean): string {
  const key = needsKey ? '-H "Authorization: Bearer $MASKSCORE_KEY" ' : ''
  return `curl ${key}'${new URL(path, document.baseURI).href}'`
}
