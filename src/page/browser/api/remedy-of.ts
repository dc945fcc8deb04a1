import { askJson } from './ask.ts'

/** What to do about a refusal, by its code: GET /problems/{code}. Throws as `ask` does. */
export const remedyOf = async (code: string): Promise<string> =>
  (await askJson<{ readonly remedy: string }>(`problems/${encodeURIComponent(code)}`)).remedy
