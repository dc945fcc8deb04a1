import { fileRooms, rooms } from './rooms.ts'

const [start, end] = [
  '<!-- generated from src/docs/rooms.ts by `npm run docs` -->',
  '<!-- end of what is generated -->',
]

/**
 * CONTRIBUTING.md with the table and the picture of the rooms as they are now, between its two marks.
 * @throws Error when a mark is missing
 */
export function withRooms(page: string): string {
  const [from, to] = [page.indexOf(start), page.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`the page has no part between "${start}" and "${end}"`)
  return `${page.slice(0, from)}${start}\n\n${table()}\n\n${picture()}\n\n${page.slice(to)}`
}

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
