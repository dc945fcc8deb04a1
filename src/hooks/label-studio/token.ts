import { Refusal } from '../../problems/refusal.ts'
import type { Authorization, ToolClient } from '../tool-client.ts'

/** A new access token is fetched this long before the old one ends. */
const marginMs = 30_000

/**
 * How Label Studio wants to be asked. A personal access token is a JWT that only refreshes: it is exchanged for an
 * access token, which is used until shortly before its end or until it is refused. Any other token is a legacy one.
 */
export function labelStudioAuthorization(token: string, client: ToolClient): Authorization {
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return async () => `Token ${token}`
  let access: { token: string; endsAt: number } | undefined
  let exchange: Promise<{ token: string; endsAt: number }> | undefined
  return async (renew, signal) => {
    if (renew || (access && access.endsAt - marginMs < Date.now())) access = undefined
    if (!access) {
      // Works that need it at the same time share one exchange.
      exchange ??= fetchAccess(token, client, signal).finally(() => {
        exchange = undefined
      })
      access = await exchange
    }
    return `Bearer ${access.token}`
  }
}

async function fetchAccess(refresh: string, client: ToolClient, signal: AbortSignal) {
  const answer = await client.send('POST', '/api/token/refresh/', { refresh }, signal)
  try {
    const { access } = JSON.parse(new TextDecoder().decode(answer)) as { access: string }
    const { exp } = JSON.parse(Buffer.from(access.split('.')[1], 'base64url').toString()) as { exp?: number }
    return { token: access, endsAt: typeof exp === 'number' ? exp * 1000 : Number.POSITIVE_INFINITY }
  } catch {
    throw new Refusal('TOOL_ANSWER', 'Label Studio answered no access token.')
  }
}
