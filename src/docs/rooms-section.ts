import { withGeneratedPart } from './generated-part.ts'
import { fileRooms, rooms } from './rooms.ts'

/** CONTRIBUTING.md with the table and the picture of the rooms as they are now. */
export const withRooms = (page: string): string =>
  withGeneratedPart(page, 'src/docs/rooms.ts', `${table()}\n\n${picture()}`)

function table(): string {
  const rows = Object.entries(rooms).map(
    ([name, { holds, mayKnow }]) => `| ${pathOf(name)} | ${holds} | ${known(mayKnow)} |`,
  )
  return ['| room | what lives there | may know |', '|---|---|---|', ...rows].join('\n')
}

const pathOf = (name: string) => {
  if (name === 'routes') return '`routes`'
  return fileRooms.includes(name) ? `\`src/${name}.ts\`` : `\`src/${name}\``
}

const known = (mayKnow: readonly string[] | undefined) => {
  if (mayKnow === undefined) return 'all'
  return mayKnow.length === 0 ? 'nothing' : mayKnow.join(', ')
}

/** The rooms as mermaid draws them. Arrows that follow from two others, and to what nearly all know, are left out. */
function picture(): string {
  const below = new Map<string, ReadonlySet<string>>()
  for (const [name, { mayKnow = Object.keys(rooms).filter((other) => other !== name) }] of Object.entries(
    rooms,
  ))
    below.set(name, new Set(mayKnow.filter((other) => !everywhere.has(other))))
  const arrows = [...below].flatMap(([from, targets]) =>
    [...targets]
      .filter((to) => ![...targets].some((between) => between !== to && leadsTo(between, to, below)))
      .map((to) => `  ${from} --> ${to}`),
  )
  return ['```mermaid', 'flowchart TD', ...arrows, '```'].join('\n')
}

const everywhere: ReadonlySet<string> = new Set(['problems', 'limits'])

function leadsTo(from: string, to: string, below: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  return [...(below.get(from) ?? [])].some((next) => next === to || leadsTo(next, to, below))
}
