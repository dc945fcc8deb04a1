import { isIP } from 'node:net'
import { z } from 'zod'

const networks = ['loopback', 'linklocal', 'uniquelocal']

/** An address, a network as `10.0.0.0/8`, or the name of some. */
export const proxyAddress = z.string().refine(isProxyAddress, {
  error: `takes addresses and networks as 10.0.0.0/8 or ::1, or ${networks.join(', ')}`,
})

function isProxyAddress(text: string): boolean {
  if (networks.includes(text)) return true
  const [address, bits, ...more] = text.split('/')
  const version = address.includes('%') ? 0 : isIP(address)
  if (version === 0 || more.length > 0) return false
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}
