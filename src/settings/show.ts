import { asSize, asTime } from './in-units.ts'
import {
  environmentName,
  metaOf,
  type SettingKey,
  type Settings,
  settingKeys,
  settingsSchema,
} from './schema.ts'
import type { Kind, Rate } from './units.ts'

const masked = '••••••'

/** Every setting in effect, one a line; secrets are masked. For the `config` command. */
export function settingsTable(settings: Settings): string {
  const rows = settingKeys.map((key) => [environmentName(key), shown(key, settings[key])])
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n')
}

/** The page of the docs that lists every setting. */
export function settingsPage(): string {
  const defaults = settingsSchema.parse({})
  const lines = [
    '# Settings',
    '',
    'Every setting is an environment variable; an empty one counts as unset. All mistakes, unknown names among them, are',
    'reported at once at start. Names that begin with `MASKSCORE_CLIENT_` are of the clients. `maskscore config` prints what is in effect, secrets masked.',
    '',
    'Sizes are written `64MB` (B, KB, MB, GB in steps of 1024), times `30s` (ms, s, min, h, d), lists with commas or line ends.',
    'A secret, marked 🔑, may also be given as a file: `…_FILE` names it.',
    '',
    '<!-- generated from src/settings by `npm run docs` -->',
  ]
  let chapter = ''
  for (const key of settingKeys) {
    const { group, description, secret, defaultText } = metaOf(key)
    if (group !== chapter)
      lines.push('', `## ${group}`, '', '| variable | default | meaning |', '|---|---|---|')
    chapter = group
    const fallback = defaultText ?? shown(key, defaults[key])
    const value = defaultText ? fallback : fallback && `\`${fallback}\``
    lines.push(`| \`${environmentName(key)}\`${secret ? ' 🔑' : ''} | ${value} | ${description} |`)
  }
  return `${lines.join('\n')}\n`
}

/** The default of a setting, in the units in which it is written. */
export const defaultOf = (key: SettingKey): string => shown(key, settingsSchema.parse({})[key])

function shown(key: SettingKey, value: Settings[SettingKey]): string {
  const { kind, secret } = metaOf(key)
  if (value === undefined) return ''
  if (secret) return typeof value === 'object' ? maskedNames(value as Record<string, string>) : masked
  return formats[kind](value)
}

const maskedNames = (pairs: Readonly<Record<string, string>>): string =>
  Object.keys(pairs)
    .map((name) => `${name}:${masked}`)
    .join(', ')

const plain = (value: unknown) => String(value)
const formats: Readonly<Record<Kind, (value: unknown) => string>> = {
  text: plain,
  url: (value) => String(value).replace(/\/\/[^@/]*@/, `//${masked}@`),
  choice: plain,
  count: plain,
  flag: plain,
  named: () => masked,
  list: (value) => (value as readonly string[]).join(', '),
  rate: (value) => `${(value as Rate).requests}/${asTime((value as Rate).windowMs)}`,
  bytes: (value) => asSize(value as number),
  duration: (value) => asTime(value as number),
}
