import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleFiles } from '../fixtures/labeling/example-files.ts'
import { overlayPicture } from '../fixtures/labeling/overlay-picture.ts'
import { at, type Service, startService } from '../http/service.ts'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/labeling-tools.md'), 'utf8')

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

/** A command, and the loss that the next sentence promises where it is not that of all others. */
const recipe = /```sh\n(curl [\s\S]*?)```(?:\n\n.*`mi_loss` (?:is )?(\d[.\d]*\d|\d))?/g

/** The commands of the page, each with the heading it stands under. */
const recipes = page.split(/^## /m).flatMap((section) =>
  [...section.matchAll(recipe)].map(([, command, loss = '0.5447'], index) => ({
    name: `${section.slice(0, section.indexOf('\n'))} ${index + 1}`,
    command,
    loss,
  })),
)

/** The words of a shell command: single quotes, and lines that go on. */
const wordsOf = (command: string): string[] =>
  [...command.replaceAll('\\\n', ' ').matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word)

/** Does what curl would do with the command. */
async function run(command: string): Promise<Response> {
  const words = wordsOf(command.replaceAll(/-([FdHo]) ?'/g, "-$1 '"))
  const form = new FormData()
  const headers: Record<string, string> = {}
  let body: string | undefined
  let url = ''
  for (let k = 1; k < words.length; k++) {
    if (words[k].startsWith('http://localhost:8080'))
      url = words[k].replace('http://localhost:8080', service.url)
    else if (words[k] === '-F') addPart(form, words[++k])
    else if (words[k] === '-d') body = words[++k]
    else if (words[k] === '-o') k++
    else if (words[k] === '-H') headers[words[++k].split(': ')[0]] = words[k].split(': ')[1]
    else throw new Error(`the command has "${words[k]}", which this test cannot do`)
  }
  return fetch(url, { method: 'POST', headers, body: body ?? form })
}

function addPart(form: FormData, part: string): void {
  const [, name, file, text] = /^(\w+)=(?:@(.+)|([\s\S]+))$/.exec(part) as RegExpExecArray
  if (file) form.append(name, new Blob([readFileSync(join(root, file))]), basename(file))
  else form.append(name, text)
}

describe('docs/labeling-tools.md', () => {
  it('has a recipe for every folder of examples', async () => {
    expect(page).toContain('**`mi_loss` 0.5447**')
    const folders = new Set([...(await exampleFiles()).keys()].map((path) => path.split('/')[0]))
    for (const folder of folders) expect(page).toContain(`@examples/labeling/${folder}/`)
    expect(recipes.length).toBeGreaterThan(folders.size)
  })

  it.each(recipes.filter(({ command }) => command.includes('/v1/score')))(
    '$name answers the loss it promises',
    async ({ command, loss }) => {
      const response = await run(command)
      const json = (await response.json()) as { mi_loss: number; warnings: { code: string }[] }
      expect(response.status, JSON.stringify(json)).toBe(200)
      expect(json.mi_loss.toFixed(4)).toBe(Number(loss).toFixed(4))
      // Polygons that touch share the pixels of their border.
      const explained = ['CATEGORY_RENUMBERED', 'OBJECTS_OVERLAP']
      const unexpected = json.warnings.filter(({ code }) => !explained.includes(code))
      expect(unexpected).toEqual([])
    },
  )

  it('lists every warning of the readers', () => {
    const sources = globSync('src/annotations/**/*.ts', { cwd: root }).map((path) =>
      readFileSync(join(root, path), 'utf8'),
    )
    const codes = sources.flatMap((source) =>
      [...source.matchAll(/(?:warn\(|code:)\s*'([A-Z_]+)'/g)].map(([, code]) => code),
    )
    expect(new Set(codes).size).toBeGreaterThan(8)
    for (const code of codes) expect(page).toContain(`| \`${code}\` |`)
  })

  it("labelme's polygons by the rule of the others have the loss of the others", async () => {
    const { command } = recipes.find(({ name }) => name === 'labelme 1')!
    const coco = { polygon_fill: 'coco' }
    const options = JSON.stringify({ ground_truth: coco, prediction: coco })
    const response = await run(command.replace('http', `-F 'options=${options}' http`))
    expect(((await response.json()) as { mi_loss: number }).mi_loss.toFixed(4)).toBe('0.5447')
  })

  it('shows the overlay that its command answers', async () => {
    const { command } = recipes.find(({ command }) => command.includes('/v1/overlay'))!
    const response = await run(command)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(await sharp(await response.arrayBuffer()).metadata()).toMatchObject({ width: 80, height: 64 })
    const pixels = (png: Uint8Array) => sharp(png).removeAlpha().raw().toBuffer()
    const shown = await pixels(readFileSync(join(root, 'docs/images/overlay.png')))
    const drawn = await pixels(await overlayPicture())
    expect(drawn.length).toBe(shown.length)
    // Decoders of JPEG may round differently.
    const far = drawn.filter((value, k) => Math.abs(value - shown[k]) > 8).length
    expect(far).toBe(0)
  })

  it('measures agreement of three tools', async () => {
    const { command } = recipes.find(({ command }) => command.includes('/v1/agreement'))!
    const json = await (await run(command)).json()
    expect(at(json, '/outlier/name')).toBe('ground-truth.json')
    expect((at(json, '/mi_loss/0/1') as number).toFixed(4)).toBe('0.5447')
  })

  it('the example files are what their script writes', async () => {
    for (const [path, bytes] of await exampleFiles()) {
      // Deflated content may be packed differently by another zlib; what it means is scored above.
      if (/\.(png|zip)$|^supervisely/.test(path)) continue
      expect(readFileSync(join(root, 'examples/labeling', path)).equals(bytes), path).toBe(true)
    }
  })
})
