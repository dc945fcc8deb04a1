import { Refusal } from '../problems/refusal.ts'

/**
 * A table of counts as text: a row a line, numbers between commas, semicolons, tabs or blanks.
 * @throws Refusal INVALID_ANNOTATION with the line
 */
export function countsOf(text: string): number[][] {
  const rows = text
    .split(/\r?\n/)
    .flatMap((line, index) => (line.trim() === '' ? [] : [numbersOf(line, index + 1)]))
  if (rows.length === 0) throw new Refusal('EMPTY_INPUT', 'The file holds no counts.')
  return rows
}

function numbersOf(line: string, place: number): number[] {
  return line
    .trim()
    .split(/\s*[,;\t]\s*|\s+/)
    .map((cell) => {
      const number = cell === '' ? Number.NaN : Number(cell)
      if (Number.isFinite(number)) return number
      throw new Refusal(
        'INVALID_ANNOTATION',
        `Line ${place} has ${JSON.stringify(cell.slice(0, 40))} in the place of a number: the rows and columns of the table have no headings.`,
      )
    })
}
