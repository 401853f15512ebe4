import { createHash, verify } from 'node:crypto'
import fs from 'node:fs'
import { openZip } from '../../server/archive/bag/zip-files.node.ts'
import { readWhole } from '../../server/archive/verify/bag.ts'
import {
  type TrustFile,
  type VerifyResult,
  verifyArchive,
} from '../../server/archive/verify/verify.ts'
import { canonicalBytes } from '../../server/formats/jcs.ts'
import { parseProof } from '../../server/log/index.ts'
import { readSignedData } from '../../server/trust/index.ts'
import { verifySignature } from '../../server/trust/keys.ts'
import { WrongResult } from './measure.ts'
import type { Handlers } from './process.ts'

interface Bag {
  readonly file: string
  readonly trust: string
}

/** The product: the same calls as the command line's. */
export async function verifyRole({ file, trust }: Bag): Promise<Handlers> {
  const keys = JSON.parse(fs.readFileSync(trust, 'utf8')) as TrustFile
  let result: VerifyResult | null = null
  return {
    run: async () => {
      const started = performance.now()
      const bag = await openZip(file)
      result = await verifyArchive(bag, keys, Date.now())
      bag.close()
      return performance.now() - started
    },
    result: () => result,
  } as Handlers
}

/**
 * The primitives of the same bag and no more: each file is read out of the zip once and hashed once
 * for the manifest; an event is parsed, written canonically and hashed with its salt; a proof is
 * parsed and its 12 and log2(n) nodes hashed; each distinct checkpoint's Ed25519 and each act's
 * container is read and its signature verified once.
 */
export async function verifyLimitRole({ file }: Bag): Promise<Handlers> {
  const run = async () => {
    const started = performance.now()
    const bag = await openZip(file)
    const checkpoints = new Set<string>()
    for (const path of bag.paths) {
      const bytes = await readWhole(bag, path)
      sha(bytes)
      if (/^data\/events\/.*\.json$/.test(path)) eventPrimitives(bytes)
      else if (path.endsWith('.tlog-proof')) {
        const checkpoint = proofPrimitives(Buffer.from(bytes).toString('utf8'))
        if (!checkpoints.has(checkpoint)) ed25519(checkpoint)
        checkpoints.add(checkpoint)
      } else if (path.endsWith('.p7s')) {
        const act = await readWhole(bag, path.replace(/\.p7s$/, '.json'))
        await signaturePrimitives(bytes, act)
      }
    }
    bag.close()
    return performance.now() - started
  }
  return { run } as Handlers
}

const sha = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

function eventPrimitives(bytes: Uint8Array): void {
  const { event, salt } = JSON.parse(Buffer.from(bytes).toString('utf8'))
  if (event) sha(Buffer.from(salt, 'base64url'), canonicalBytes(event))
}

function proofPrimitives(text: string): string {
  const proof = parseProof(text)
  let node = sha(proof.entry)
  for (const sibling of [...proof.batchPath, ...proof.path]) node = sha(node, sibling)
  return proof.checkpoint
}

/** A signature of the right length by any key costs what the log's own costs. */
function ed25519(checkpoint: string): void {
  const key = { key: someKey, format: 'der', type: 'spki' } as const
  verify(null, Buffer.from(checkpoint), key, someSignature)
}
const someKey = Buffer.concat([
  Buffer.from('302a300506032b6570032100', 'hex'),
  Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex'),
])
const someSignature = Buffer.alloc(64)

async function signaturePrimitives(container: Uint8Array, act: Uint8Array): Promise<void> {
  sha(act)
  const { signer, scheme, signedBytes, signature } = readSignedData(container)
  const bad = await verifySignature(signer.publicKey, scheme, signedBytes, signature)
  if (bad) throw new WrongResult(`a signature of the bag does not hold: ${bad}`)
}
