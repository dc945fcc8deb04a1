import { formats } from '../annotations/formats/catalogue.ts'
import type { Guide, Recipe } from '../annotations/formats/guide.ts'
import type { ToolFormat } from '../annotations/formats/tool-format.ts'
import { withGeneratedPart } from './generated-part.ts'

interface Section {
  readonly heading: string
  readonly guides: Guide[]
  /** The format that the row in the table of tools is about. */
  readonly format: ToolFormat
}

/** docs/labeling-tools.md with the table of tools and a section for each as they are now. */
export function withLabelingTools(page: string): string {
  const sections = new Map<string, Section>()
  for (const format of Object.values<ToolFormat>(formats))
    for (const guide of format.guides) {
      const { heading } = guide
      const section = sections.get(heading)
      if (section) section.guides.push(guide)
      else sections.set(heading, { heading, guides: [guide], format })
    }
  const all = [...sections.values()]
  const tools = withGeneratedPart(page, 'the table of src/annotations/formats', table(all))
  return withGeneratedPart(tools, 'the guides of src/annotations/formats', all.map(sectionText).join('\n\n'))
}

function table(sections: readonly Section[]): string {
  const rows = sections.map(({ heading, guides, format: { options, polygonFill = 'coco' } }) => {
    const row = guides.find((guide) => guide.row)?.row
    if (!row) throw new Error(`no guide of "${heading}" has a row`)
    const tool = [`[${heading}](#${anchorOf(heading)})`, ...(row.alsoOf ? [row.alsoOf] : [])].join(', ')
    const fill = options.includes('polygon_fill') ? `\`${polygonFill}\`` : '–'
    return `| ${tool} | ${row.exports} | ${fill} | ${row.names} |`
  })
  return ['| tool | export | fill rule of polygons | names |', '|---|---|---|---|', ...rows].join('\n')
}

/** As GitHub names headings. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-')

function sectionText({ heading, guides }: Section): string {
  const notes = guides.flatMap((guide) => guide.notes ?? []).map((note) => `* ${note}`)
  return [
    `## ${heading}`,
    ...guides.flatMap(({ intro }) => intro ?? []),
    ...guides.flatMap(({ recipes }) => recipes.flatMap(recipeText)),
    ...(notes.length > 0 ? [notes.join('\n')] : []),
  ].join('\n\n')
}

function recipeText({ intro, otherLoss, ...recipe }: Recipe): string[] {
  return [
    ...(intro ? [intro] : []),
    `\`\`\`sh\n${commandOf(recipe)}\n\`\`\``,
    ...(otherLoss ? [`Its \`mi_loss\` is ${otherLoss.miLoss}: ${otherLoss.because}.`] : []),
  ]
}

function commandOf({ groundTruth, prediction, withJson, options }: Recipe): string {
  const side = (name: string, path: string) => {
    const json = path.replace(/\.png$/, '.json')
    return `-F ${name}=@examples/labeling/${path}${withJson ? ` -F ${name}_json=@examples/labeling/${json}` : ''}`
  }
  const sides = [side('ground_truth', groundTruth), side('prediction', prediction)]
  const words = [
    ...(withJson ? sides : [sides.join(' ')]),
    ...(options ? [`-F 'options=${spaced(options)}'`] : []),
    'http://localhost:8080/v1/score',
  ]
  return `curl ${words.join(words.length > 2 ? ' \\\n     ' : ' ')}`
}

/** JSON with a space after each comma and colon. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, member]) => `${JSON.stringify(key)}: ${spaced(member)}`)
    .join(', ')}}`
}
