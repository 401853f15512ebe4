import { fromB64u } from '../../server/formats/bytes.ts'
import { FormatError } from '../../server/formats/problem.ts'
import { TrustError } from '../../server/trust/problems.ts'
import {
  type AcceptedList,
  acceptTrustList,
  parseTrustList,
  type TrustList,
  trustListSha256,
} from '../../server/trust/trust-list.ts'

/** What is handed to the API: canonical bytes and two signatures, base64url. */
interface ListFile {
  readonly trustList: string
  readonly signatures: readonly string[]
}
export interface ReadList {
  readonly file: ListFile
  readonly list: TrustList
  readonly sha256: string
  /** Why the platform would refuse it; null: it follows the present one and two of its keys signed. */
  readonly fault: 'rolled-back' | 'signature-bad' | null
}

const texts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

/** @returns null where the file is no trust list at all */
export async function readListFile(text: string, present: AcceptedList): Promise<ReadList | null> {
  try {
    const given = JSON.parse(text) as Partial<Record<keyof ListFile, unknown>> | null
    if (typeof given?.trustList !== 'string' || !texts(given.signatures)) return null
    const file = { trustList: given.trustList, signatures: given.signatures }
    const bytes = fromB64u(file.trustList)
    const list = parseTrustList(bytes)
    const fault = await faultOf(bytes, file, present)
    return { file, list, sha256: trustListSha256(bytes), fault }
  } catch (error) {
    const isOfFile =
      error instanceof SyntaxError || error instanceof TrustError || error instanceof FormatError
    if (!isOfFile) throw error
    return null
  }
}

async function faultOf(
  bytes: Uint8Array,
  { signatures }: ListFile,
  previous: AcceptedList,
): Promise<ReadList['fault']> {
  try {
    const given = signatures.map((one) => fromB64u(one))
    await acceptTrustList(bytes, given, { previous })
    return null
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    return error.slug === 'trust-list-rolled-back' ? 'rolled-back' : 'signature-bad'
  }
}
