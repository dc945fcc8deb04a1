/**
 * One code of the catalogue.
 *
 * @public The types of the package name it.
 */
export interface Problem {
  readonly status: number
  readonly title: string
  readonly remedy: string
}

export function problem(status: number, title: string, remedy: string): Problem {
  return { status, title, remedy }
}
