/** Copies a text for somebody who asked for it. @returns what to tell of it, with the text where a browser forbids it */
export async function copyText(text: string, what: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text)
    return `${what} is copied.`
  } catch {
    return `This browser does not let the page copy. ${what}: ${text}`
  }
}
