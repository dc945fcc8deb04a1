import { readFileSync } from 'node:fs'
import { limitsOf } from '../limits.ts'
import { contradictions } from './contradictions.ts'
import {
  clientPrefix,
  environmentName,
  environmentPrefix,
  metaOf,
  type Settings,
  settingKeys,
  settingsSchema,
} from './schema.ts'

export type { Settings } from './schema.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Every mistake of the environment, each named by its variable. */
export class SettingsError extends Error {
  readonly mistakes: readonly string[]

  constructor(mistakes: readonly string[]) {
    super(
      `the settings have ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}:\n  ${mistakes.join('\n  ')}`,
    )
    this.name = 'SettingsError'
    this.mistakes = mistakes
  }
}

/**
 * Reads every setting from variables with the prefix `MASKSCORE_`; an empty one counts as unset. A secret may
 * come from the file that `…_FILE` names.
 *
 * @throws SettingsError that lists all mistakes at once
 */
export function loadSettings(
  env: Environment,
  readFile = (path: string) => readFileSync(path, 'utf8'),
): Settings {
  const mistakes = unknownVariables(env).map((name) => `${name}: there is no such setting`)
  const texts: Record<string, string> = {}
  for (const key of settingKeys) {
    const name = environmentName(key)
    const file = metaOf(key).secret ? env[`${name}_FILE`] : undefined
    if (env[name] && file) mistakes.push(`${name}: is given twice, also as ${name}_FILE`)
    else if (env[name]) texts[key] = env[name]
    else if (file)
      try {
        texts[key] = readFile(file).trim()
        // Taken for unset, a file of keys that nobody filled would leave the service open.
        if (texts[key] === '') mistakes.push(`${name}_FILE: the file is empty`)
      } catch (error) {
        mistakes.push(`${name}_FILE: cannot be read (${(error as NodeJS.ErrnoException).code})`)
      }
  }
  const { success, data, error } = settingsSchema.safeParse(texts)
  if (!success)
    for (const { path, message } of error.issues)
      mistakes.push(`${environmentName(path[0] as keyof Settings)}: ${message}`)
  else mistakes.push(...contradictions(data))
  if (mistakes.length > 0 || !success) throw new SettingsError(mistakes)
  return data
}

/** Variables with our prefix that no setting reads: a misspelt one would leave a limit unset unnoticed. */
function unknownVariables(env: Environment): string[] {
  const known = new Set(
    settingKeys.flatMap((key) => {
      const name = environmentName(key)
      return metaOf(key).secret ? [name, `${name}_FILE`] : [name]
    }),
  )
  return Object.keys(env).filter(
    (name) => name.startsWith(environmentPrefix) && !name.startsWith(clientPrefix) && !known.has(name),
  )
}

/** What a scoring needs to know of the settings. */
export const scoringContext = (settings: Settings) => ({
  limits: limitsOf(settings),
  pngDecoder: settings.pngDecoder,
})
