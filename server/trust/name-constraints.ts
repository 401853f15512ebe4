import type { Certificate } from './certificate.ts'
import type { GeneralName } from './extensions.ts'
import { isWithin, NAME, texts } from './names.ts'

/**
 * Name constraints: which names a CA may give. Each CA's constraints add to those above it.
 * @source RFC 5280 §4.2.1.10, §6.1.3 (b, c), §6.1.4 (g)
 */
export interface NameConstraints {
  readonly permitted: readonly GeneralName[]
  readonly excluded: readonly GeneralName[]
}

/**
 * All names of a certificate that constraints bear on: subject, e-mail in it, alternative names.
 */
function namesOf(certificate: Certificate): GeneralName[] {
  const { subject, extensions } = certificate
  const bytes = subject.der
  const names: GeneralName[] = [...(extensions.alternativeNames ?? [])]
  if (subject.rdns.length > 0) names.push({ kind: 'directory', text: '', bytes, name: subject })
  const hasEmail = names.some((name) => name.kind === 'email')
  if (!hasEmail) {
    for (const text of texts(subject, NAME.email)) names.push({ kind: 'email', text, bytes })
  }
  return names
}

function isEmailWithin(address: string, base: string): boolean {
  const at = address.lastIndexOf('@')
  const [local, host] = [address.slice(0, at), address.slice(at + 1).toLowerCase()]
  if (at < 0) return false
  if (base.includes('@')) {
    const cut = base.lastIndexOf('@')
    return base.slice(0, cut) === local && base.slice(cut + 1).toLowerCase() === host
  }
  return base.startsWith('.') ? host.endsWith(base.toLowerCase()) : host === base.toLowerCase()
}

function isHostWithin(host: string, base: string): boolean {
  const [name, suffix] = [host.toLowerCase(), base.toLowerCase().replace(/^\./, '')]
  return suffix === '' || name === suffix || name.endsWith(`.${suffix}`)
}

/** A URI constraint is a host, or with a leading dot the hosts under it (never the bare one). */
function isUriWithin(uri: string, base: string): boolean {
  const host = hostOf(uri)
  if (host === null) return false
  return base.startsWith('.') ? host.endsWith(base.toLowerCase()) : host === base.toLowerCase()
}

/** The host name in a URI; null if it has none, or an address. */
function hostOf(uri: string): string | null {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:[\]]+)/i.exec(uri)?.[1]?.toLowerCase()
  return !host || /^[\d.]+$/.test(host) ? null : host
}

function isIpWithin(address: Uint8Array, base: Uint8Array): boolean {
  const half = address.length
  if (base.length !== half * 2) return false
  return address.every((byte, i) => (byte & base[half + i]!) === (base[i]! & base[half + i]!))
}

function isNameWithin(name: GeneralName, base: GeneralName): boolean {
  switch (name.kind) {
    case 'directory':
      return isWithin(name.name!, base.name!)
    case 'email':
      return isEmailWithin(name.text, base.text)
    case 'dns':
      return isHostWithin(name.text, base.text)
    case 'uri':
      return isUriWithin(name.text, base.text)
    case 'ip':
      return isIpWithin(name.bytes, base.bytes)
    default:
      return false
  }
}

/** Whether a certificate's names obey the constraints of all CAs above it. */
export function namesObey(certificate: Certificate, above: readonly NameConstraints[]): boolean {
  const names = above.length > 0 ? namesOf(certificate) : []
  return above.every(({ permitted, excluded }) =>
    names.every((name) => {
      const excludedHere = excluded.filter((base) => base.kind === name.kind)
      // What can't be compared counts as excluded, if anything of its kind is.
      const opaque = name.kind === 'other' || (name.kind === 'uri' && hostOf(name.text) === null)
      if (opaque && excludedHere.length > 0) return false
      if (excludedHere.some((base) => isNameWithin(name, base))) return false
      const permittedHere = permitted.filter((base) => base.kind === name.kind)
      return permittedHere.length === 0 || permittedHere.some((base) => isNameWithin(name, base))
    }),
  )
}
