let printed: string[] = []

/** Prints to the terminal, and keeps it for the record. */
export function print(text: string): void {
  printed.push(text)
  process.stdout.write(text)
}

/** What was printed since the last call. */
export function takePrinted(): string {
  const text = printed.join('')
  printed = []
  return text
}
