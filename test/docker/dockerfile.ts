import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Copy as CopyInstruction, DockerfileParser, type Instruction } from 'dockerfile-ast'

export const root = join(import.meta.dirname, '../..')
export const dockerfileText = readFileSync(join(root, 'docker/Dockerfile'), 'utf8')

/** One COPY: from the build's context, or from another stage. */
interface Copy {
  readonly from: string | undefined
  readonly sources: readonly string[]
  readonly target: string
}

interface Stage {
  readonly name: string | undefined
  readonly instructions: readonly Instruction[]
  readonly copies: readonly Copy[]
}

/** The stages of a Dockerfile in their order; the last one is the image. */
export function stagesOf(text: string): Stage[] {
  const stages: Instruction[][] = []
  for (const instruction of DockerfileParser.parse(text).getInstructions())
    if (instruction.getKeyword() === 'FROM') stages.push([instruction])
    else stages.at(-1)?.push(instruction)
  return stages.map((instructions) => ({
    name: /\bAS\s+(\S+)/i.exec(instructions[0].getArgumentsContent() ?? '')?.[1],
    instructions,
    copies: instructions.filter((one) => one.getKeyword() === 'COPY').map(copyOf),
  }))
}

function copyOf(instruction: Instruction): Copy {
  const paths = instruction.getArguments().map((argument) => argument.getValue())
  const from = (instruction as CopyInstruction).getFromFlag()?.getValue() ?? undefined
  return { from, sources: paths.slice(0, -1), target: paths.at(-1)! }
}

/** The arguments of the one instruction with this keyword, as they stand. */
export function only(stage: Stage, keyword: string): string {
  const found = stage.instructions.filter((one) => one.getKeyword() === keyword)
  if (found.length !== 1) throw new Error(`${found.length} instructions ${keyword}`)
  return found[0].getArgumentsContent() ?? ''
}

/** An instruction in the form that needs no shell: `["node", "x.ts"]`, after flags. */
export function execForm(content: string): string[] {
  const words: unknown = JSON.parse(content.slice(content.indexOf('[')))
  if (!Array.isArray(words) || words.some((word) => typeof word !== 'string')) throw new Error(content)
  return words
}

/** What ENV sets, without quotes. */
export const environmentOf = (stage: Stage): Record<string, string> =>
  Object.fromEntries(
    stage.instructions
      .filter((one) => one.getKeyword() === 'ENV')
      .flatMap((one) => [...(one.getRawArgumentsContent() ?? '').matchAll(/(\w+)=(?:"([^"]*)"|(\S+))/g)])
      .map(([, name, quoted, bare]) => [name, quoted ?? bare]),
  )
